// `npm run build`: the publishable package in dist/ — self-contained ES modules, assets beside them, types.
import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { installPackages } from './setup/install-packages.mjs';
import { shellBudgetBytes, shellSize } from './setup/shell-size.mjs';

try {
  installPackages();
  const { layOutAssets } = await import('./lay-out-assets.mjs');
  await layOutAssets({ log: console.log });
  const { build } = await import('vite');
  await build({ logLevel: 'warn' });
  // Worker, models and garments lie beside the modules, untouched.
  await cp('assets', 'dist/assets', { recursive: true });
  const types = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tools/setup/tsconfig.types.json'],
    { stdio: 'inherit' },
  );
  if (types.status !== 0) throw new Error('the types do not check');
  const { modules, bytes } = shellSize('dist');
  for (const module of modules) console.log(`${module.file}  ${(module.bytes / 1000).toFixed(1)} kB brotli`);
  console.log(`before the first tap: ${(bytes / 1000).toFixed(1)} kB brotli of ${shellBudgetBytes / 1000}`);
  if (bytes > shellBudgetBytes) throw new Error('the shell is too heavy');
} catch (error) {
  console.error(`Cannot build: ${error.message}`);
  process.exit(1);
}

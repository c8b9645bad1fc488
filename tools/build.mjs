// `npm run build`: makes the publishable package in `dist/`.
//
// 1. Install what is missing and lay out the assets.
// 2. Bundle self-contained ES modules, and copy the assets beside them.
// 3. Write the type declarations.
// 4. Check what a page loads before the first tap.
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
  await cp('assets', 'dist/assets', { recursive: true });
  const types = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tools/setup/tsconfig.types.json'],
    { stdio: 'inherit' },
  );
  if (types.status !== 0) throw new Error('the types have errors');
  const { modules, bytes } = shellSize('dist');
  for (const module of modules) console.log(`${module.file}  ${(module.bytes / 1000).toFixed(1)} kB brotli`);
  console.log(`before the first tap: ${(bytes / 1000).toFixed(1)} kB brotli of ${shellBudgetBytes / 1000}`);
  if (bytes > shellBudgetBytes) throw new Error('a page loads too much before the first tap');
} catch (error) {
  console.error(`Cannot build: ${error.message}`);
  process.exit(1);
}

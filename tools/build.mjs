// `npm run build`: makes the publishable package in `dist/`.
//
// 1. Install what is missing and lay out the assets.
// 2. Bundle self-contained ES modules, with the notices of the packages in them. Self-contained, so that a page without
//    a bundler runs them as they are, and because the drawing changes texts of one exact version of three.js.
// 3. Write the type declarations.
// 4. Sort the assets into this package and the extras.
// 5. Check what a page loads before the first tap.
import { spawnSync } from 'node:child_process';
import { writeNotices } from './assets/write-notices.mjs';
import { installPackages } from './setup/install-packages.mjs';
import { shellBudgetBytes, shellSize } from './setup/shell-size.mjs';

/** Runs a program of this repository in Node, and throws if it fails. */
function run(...args) {
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) throw new Error(`${args.at(-1)} failed`);
}

try {
  installPackages();
  const { layOutAssets, packageOf } = await import('./lay-out-assets.mjs');
  await layOutAssets({ log: console.log });
  const { build } = await import('vite');
  const { output } = await build({ logLevel: 'warn' });
  const packages = new Set(output.flatMap(({ moduleIds = [] }) => moduleIds.map(packageOf)).filter(Boolean));
  await writeNotices(process.cwd(), packages, 'dist/NOTICES.txt');
  run('node_modules/typescript/bin/tsc', '-p', 'tools/setup/tsconfig.types.json');
  run('tools/run.mjs', 'tools/pack/make-packages.ts');
  const { modules, bytes } = shellSize('dist');
  for (const module of modules) console.log(`${module.file}  ${(module.bytes / 1000).toFixed(1)} kB brotli`);
  console.log(`before the first tap: ${(bytes / 1000).toFixed(1)} kB brotli of ${shellBudgetBytes / 1000}`);
  if (bytes > shellBudgetBytes) throw new Error('a page loads too much before the first tap');
} catch (error) {
  console.error(`Cannot build: ${error.message}`);
  process.exit(1);
}

// The last step of `npm run build`: sorts the assets into the two packages that are published, and lists their hashes.
//   node tools/run.mjs tools/pack/make-packages.ts
//
// `dist/` is what everybody installs (`fitting-room`); `dist-extras/` is the package `fitting-room-extras`, with what
// few pages need: the model `heavy`, MediaPipe's runtime, and LiteRT with threads. A package of its own needs no server
// and no download of ours: npm keeps, checks and caches it like the first.
//
// 1. Copy each asset into one of the packages.
// 2. Add the files that differ: a tracking worker that asks for no threads and a MediaPipe runtime that says what is
//    missing in the first, the real ones in the second.
// 3. Bundle the command `fitting-room`, and the types.
// 4. Write package.json, README and licence of the extras, and `integrity.json` of both.
import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'vite';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { bundles } from '../assets/runtime-bundles.mjs';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { writeNotices } from '../assets/write-notices.mjs';
import { isExtraAsset } from '../cli/asset-groups.ts';
import { MANIFEST, makeManifest } from '../cli/integrity.ts';
// @ts-expect-error as above
import { makeBundle, packageOf } from '../lay-out-assets.mjs';
import { writeTypes } from './write-types.ts';

const MAIN = 'dist';
const EXTRAS = 'dist-extras';
/** Where tsc has written the declarations of `src`: see `tools/setup/tsconfig.types.json`. */
const TYPES = 'node_modules/.types';
const EXTRAS_DIST = join(EXTRAS, 'dist');

/** The text of the worker's sources that is true on a page on which LiteRT can use threads. */
const ISOLATED = 'globalThis.crossOriginIsolated';

/** The entry of `runtime-bundles.mjs` that makes the file `to`. */
function bundleOf(to: string): { entry: string; to: string; format: string } {
  return (bundles as { entry: string; to: string; format: string }[]).find((bundle) => bundle.to === to)!;
}

/** Garments of the demo, which no package has: a shop brings its own. */
const DEMO_GARMENTS = /^garments\//;

/** Copies every file of `assets/`, but for the demo's garments, into its package. */
async function sortAssets(): Promise<void> {
  const entries = await readdir('assets', { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    // The hidden file is the layout's own record.
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const path = relative('assets', join(entry.parentPath, entry.name)).split(sep).join('/');
    if (DEMO_GARMENTS.test(path)) continue;
    const target = join(isExtraAsset(path) ? EXTRAS_DIST : MAIN, 'assets', path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join('assets', path), target);
  }
}

/** Writes the files that are in both packages and differ. */
async function addVariants(): Promise<void> {
  for (const file of ['tracking-worker.js', 'mediapipe-runtime.js'])
    await copyFile(join('assets/runtime', file), join(EXTRAS_DIST, 'assets/runtime', file));
  const worker = bundleOf('tracking-worker.js');
  const source = await readFile('src/tracking/start-litert.ts', 'utf8');
  if (!source.includes(ISOLATED)) throw new Error(`${ISOLATED} is no longer asked for: see make-packages.ts`);
  const folder = join(MAIN, 'assets/runtime');
  await makeBundle({ ...worker, folder, define: { [ISOLATED]: 'false' } });
  const entry = 'tools/pack/absent-mediapipe-runtime.ts';
  await makeBundle({ ...bundleOf('mediapipe-runtime.js'), entry, alias: {}, folder });
}

/** Bundles the command line into `dist/cli`, which needs no package, with the notices of the packages in it. */
async function bundleCommand(): Promise<void> {
  const outDir = join(MAIN, 'cli');
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'tools/cli/main.ts',
      target: 'node20',
      outDir,
      minify: true,
      rolldownOptions: {
        output: { entryFileNames: 'main.js', chunkFileNames: '[name].js', banner: '#!/usr/bin/env node' },
      },
    },
  });
  await chmod(join(outDir, 'main.js'), 0o755);
  // The script of the page that `preview` opens, beside the command, which looks for it there.
  await makeBundle({ entry: 'tools/cli/preview/preview-page.ts', to: 'preview-page.js', format: 'es', folder: outDir });
  const { output } = result as { output: { moduleIds?: string[] }[] };
  const packages = new Set(output.flatMap(({ moduleIds = [] }) => moduleIds.map(packageOf)).filter(Boolean));
  await writeNotices(process.cwd(), packages, join(outDir, 'NOTICES.txt'));
}

/** Writes what makes `dist-extras/` a package of the version and licence of `fitting-room`. */
async function describeExtras(version: string, license: string): Promise<void> {
  const description = {
    name: 'fitting-room-extras',
    version,
    description: 'What few pages with a fitting-room need: the model heavy, the MediaPipe engine, threads',
    license,
    type: 'module',
    files: ['dist', 'README.md', 'LICENSE', 'NOTICES.md'],
    exports: { './package.json': './package.json' },
    sideEffects: false,
  };
  await writeFile(join(EXTRAS, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
  await copyFile('tools/pack/extras-readme.md', join(EXTRAS, 'README.md'));
  for (const file of ['LICENSE', 'NOTICES.md']) await copyFile(file, join(EXTRAS, file));
  await cp('assets/runtime/NOTICES.txt', join(EXTRAS_DIST, 'assets/runtime/NOTICES.txt'));
}

const { version, license } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string; license: string };
await rm(EXTRAS, { recursive: true, force: true });
await sortAssets();
await addVariants();
await bundleCommand();
await writeTypes(TYPES, MAIN);
await describeExtras(version, license);
for (const folder of [MAIN, EXTRAS_DIST]) {
  const manifest = await makeManifest(folder, version);
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}

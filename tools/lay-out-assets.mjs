// Lays out, from the installed packages, `assets/runtime/`, which holds what the tracking engines load, and
// `assets/decoders/`, which holds what reads compressed garments (both ignored by git):
//   node tools/lay-out-assets.mjs
//
// 1. Compare hashes of sources and lock file with those of the last time, and stop if nothing changed.
// 2. Copy models and WebAssembly; trim or round some of them.
// 3. Bundle the tracking workers and the MediaPipe engine.
// 4. Write the notices of all packages whose work is in the folder.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { bundles } from './assets/runtime-bundles.mjs';
import { decoderFiles, runtimeFiles } from './assets/runtime-files.mjs';
import { writeNotices } from './assets/write-notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outFolder = join(root, 'assets', 'runtime');
const decoderFolder = join(root, 'assets', 'decoders');
/** Holds the hashes of the last time. */
const stampFile = join(outFolder, '.stamp.json');

/** Returns the paths of all files below a folder, sorted. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** Returns a hash of the files' names and contents. */
async function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Copies files of the packages into `folder` (a path). Throws with the name of a package that is missing. */
async function copyFiles(files, folder) {
  for (const { from, to, check, change } of files) {
    const source = join(root, 'node_modules', from);
    if (!(await exists(source))) {
      const name = from.split('/').slice(0, 2).join('/');
      throw new Error(`${relative(root, folder)} needs node_modules/${from}: is ${name} installed? Run npm ci.`);
    }
    check?.(await readFile(source), from);
    const target = join(folder, to);
    await mkdir(dirname(target), { recursive: true });
    // By renaming, so that a server that is running never sends half a file.
    if (change) await writeFile(`${target}.part`, change(await readFile(source)));
    else await copyFile(source, `${target}.part`);
    await rename(`${target}.part`, target);
  }
}

/** Resolves to the sizes of the copied files by name, bytes: the bundles show the progress of downloads by them. */
async function runtimeFileBytes() {
  const entries = await Promise.all(runtimeFiles.map(async ({ to }) => [to, (await stat(join(outFolder, to))).size]));
  return Object.fromEntries(entries);
}

/** Resolves to the SHA-256 of the copied models by name, in hexadecimal: an engine that fails on a model compares it. */
async function modelHashes() {
  const models = runtimeFiles.map(({ to }) => to).filter((name) => name.endsWith('.tflite'));
  const hashes = models.map(async (name) => {
    const content = await readFile(join(outFolder, name));
    return [name, createHash('sha256').update(content).digest('hex')];
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** Returns the name of the package that a file below `node_modules` belongs to, or null. */
export function packageOf(file) {
  return file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/)?.[1] ?? null;
}

/**
 * Makes one of `bundles` in `folder` (a path). `define`: expressions to replace by constants. Resolves to the names of
 * the packages that it contains.
 */
export async function makeBundle({ entry, to, format, minify = true, alias = {}, folder = outFolder, define = {} }) {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    define: {
      RUNTIME_FILE_BYTES: JSON.stringify(await runtimeFileBytes()),
      MODEL_HASHES: JSON.stringify(await modelHashes()),
      'process.env.NODE_ENV': '"production"',
      ...define,
    },
    build: {
      target: 'es2022',
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      reportCompressedSize: false,
      lib: { entry: join(root, entry), formats: [format], name: 'fittingRoomRuntime', fileName: () => to },
      rolldownOptions: { output: { minify } },
    },
    resolve: { alias: Object.fromEntries(Object.entries(alias).map(([name, file]) => [name, join(root, file)])) },
  });
  const outputs = [result].flat().flatMap(({ output }) => output);
  return outputs.flatMap(({ moduleIds = [] }) => moduleIds.map(packageOf)).filter(Boolean);
}

/**
 * Brings `assets/runtime/` and `assets/decoders/` up to date with the sources and the lock file. `log` gets a line for
 * each step.
 */
export async function layOutAssets({ log = () => {} } = {}) {
  const tools = [fileURLToPath(import.meta.url), ...(await filesBelow(join(root, 'tools', 'assets')))];
  const sources = [join(root, 'src/errors.ts'), join(root, 'src/download.ts')];
  for (const folder of ['src/tracking', 'src/parsing', 'src/math']) {
    sources.push(...(await filesBelow(join(root, folder))).filter((file) => !file.endsWith('.test.ts')));
  }
  const wanted = { files: await hashOf([join(root, 'package-lock.json'), ...tools]), bundles: await hashOf(sources) };
  const stamp = await readFile(stampFile, 'utf8').then(JSON.parse, () => ({}));
  const complete = async (items, folder = outFolder) =>
    (await Promise.all(items.map(({ to }) => exists(join(folder, to))))).every(Boolean);

  const filesFresh =
    stamp.files === wanted.files && (await complete(runtimeFiles)) && (await complete(decoderFiles, decoderFolder));
  const bundlesFresh = filesFresh && stamp.bundles === wanted.bundles && (await complete(bundles));
  if (bundlesFresh) return;

  await rm(stampFile, { force: true });
  if (!filesFresh) {
    log('assets/runtime: copying models and runtimes');
    await mkdir(outFolder, { recursive: true });
    await copyFiles(runtimeFiles, outFolder);
    await copyFiles(decoderFiles, decoderFolder);
    const expected = new Set([...runtimeFiles, ...bundles, { to: 'NOTICES.txt' }].map(({ to }) => join(outFolder, to)));
    for (const file of await filesBelow(outFolder)) if (!expected.has(file)) await rm(file, { force: true });
  }
  const packagesOf = (files) => new Set(files.map(({ from }) => packageOf(`node_modules/${from}`)));
  const packages = packagesOf(runtimeFiles);
  for (const bundle of bundles) {
    log(`assets/runtime: bundling ${bundle.to}`);
    for (const name of await makeBundle(bundle)) packages.add(name);
  }
  const changes = runtimeFiles.filter(({ change }) => change);
  await writeNotices(root, packages, join(outFolder, 'NOTICES.txt'), changes);
  await writeNotices(root, packagesOf(decoderFiles), join(decoderFolder, 'NOTICES.txt'));
  await writeFile(stampFile, JSON.stringify(wanted));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await layOutAssets({ log: (line) => console.log(line) }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

import { createRequire } from 'node:module';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultChoice, engineNames, modelNames } from './asset-groups.ts';
import { copyAssets } from './copy-assets.ts';
import { findDamage, MANIFEST, readManifest } from './integrity.ts';
import type { Printer } from './printer.ts';

const USAGE = `Usage:
  npx fitting-room assets DIR [options]   copies what a shop must host into DIR, and verifies it
    --models lite,full,heavy              landmark models (default: ${defaultChoice.models})
    --engines wasm,webgpu,mediapipe       tracking engines (default: ${defaultChoice.engines})
    --threads                             LiteRT with threads, for cross-origin isolated pages
    --modules                             the modules too (DIR/define.js), for pages without a bundler
  npx fitting-room verify DIR             compares DIR with the hashes in DIR/${MANIFEST}
  npx fitting-room check FILE… [options]  says whether garments can be worn, and what is wrong with them
    --json                                prints what it finds as JSON
    --strict                              ends with exit code 1 for warnings too, not for errors alone
  npx fitting-room preview FILE… [options] draws garments on bodies, in poses, sizes and colours, and in the room
    --out DIR, -o DIR                     where to write the pictures and index.html (default: FILE-preview)
    --bodies female-50,male-95            bodies to draw: female or male, -5, -50 or -95 (default: all six)
  npx fitting-room prepare FILE… [options] prepares garments, so that pages show them sooner
    --out DIR, -o DIR                     where to write them; a file's name for one (default: FILE-prepared.glb)
    --jobs 4                              how many at one time (default: one for each core)
    --queue redis://HOST:6379             hands them to all workers on that queue, this machine among them
    --work                                works on the queue until it is ended; the machines share the folders
    --json                                prints the results as JSON
heavy, mediapipe and threads are in the package fitting-room-extras.
preview draws in Chrome, Chromium or Edge; the variable CHROME_PATH names another.
New here? Begin with check. The package's docs/garments.md explains what it says.`;

/** Returns the words of a list separated by commas. Throws where one is not among `known`. */
function readList(option: string, text: string, known: readonly string[]): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const wrong = words.find((word) => !known.includes(word));
  if (wrong !== undefined) throw new Error(`--${option}: "${wrong}" is none of ${known.join(', ')}`);
  return words;
}

/** Returns the folder `dist` of `fitting-room-extras`, searched from the shop's folder; null if it is not installed. */
function findExtras(folder: string): string | null {
  try {
    const { resolve } = createRequire(pathToFileURL(join(folder, 'package.json')));
    return join(dirname(resolve('fitting-room-extras/package.json')), 'dist');
  } catch {
    return null;
  }
}

/** Where a command is run. */
export interface CommandPlace {
  /** Path of the folder `dist` of the package, from which files are copied. */
  packageFolder: string;
  /** Path from which the paths in `args` count and the extras are searched. */
  folder: string;
  /** A module and its arguments, run in Node, that call `answerPreparations`. */
  program: readonly [string, ...string[]];
}

/**
 * Runs the command line `fitting-room`.
 *
 * @param args what stands behind the command's name.
 * @param printer gets the lines to print. Rejects with an error whose message says what to do.
 */
export async function runCommand(
  args: readonly string[],
  printer: Printer,
  { packageFolder, folder, program }: CommandPlace,
): Promise<void> {
  const [command, ...words] = args;
  const assetsFolder = join(packageFolder, 'assets');
  if (command === 'preview') {
    const { previewFiles } = await import('./preview/preview-files.ts');
    return previewFiles(words, printer, { packageFolder, folder, usage: 'npx fitting-room preview FILE… -o DIR' });
  }
  if (command === 'prepare') {
    const { prepareFiles } = await import('./prepare/prepare-files.ts');
    const usage = 'npx fitting-room prepare FILE… -o DIR';
    return prepareFiles(words, printer, { assetsFolder, folder, program, usage });
  }
  if (command === 'check') {
    const { checkFiles } = await import('./check-files.ts');
    return checkFiles(words, printer, { assetsFolder, folder, usage: 'npx fitting-room check FILE…' });
  }
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      models: { type: 'string', default: defaultChoice.models.join(',') },
      engines: { type: 'string', default: defaultChoice.engines.join(',') },
      threads: { type: 'boolean', default: false },
      modules: { type: 'boolean', default: false },
    },
  });
  const [name, ...rest] = positionals;
  if (command === '--help' || command === '-h') return printer.log(USAGE);
  if ((command !== 'assets' && command !== 'verify') || !name || rest.length > 0) throw new Error(USAGE);
  const target = resolvePath(folder, name);
  if (command === 'verify') {
    const damaged = await findDamage(target);
    if (damaged.length > 0) throw new Error(`missing or changed in ${name}: ${damaged.join(', ')}`);
    return printer.log(`${name}: all files are as in version ${(await readManifest(target))?.version}`);
  }
  const { files, version } = await copyAssets(
    { main: packageFolder, extras: findExtras(folder) },
    {
      target,
      modules: values.modules,
      models: readList('models', values.models, modelNames),
      engines: readList('engines', values.engines, engineNames),
      threads: values.threads,
    },
  );
  const sizes = Object.values(files).map(({ bytes }) => bytes);
  const megabytes = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  printer.log(`${name}: ${sizes.length} files, ${megabytes.toFixed(1)} MB, version ${version}, hashes verified`);
}

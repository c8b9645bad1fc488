import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../../src/garment/garment-invalid.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { fileError, readGarmentFile } from './read-garment-file.ts';

/** Where the command line is called from. */
export interface GarmentCommandOptions {
  /** Path of the folder with the room's files, whatever folder the command is called from. */
  assetsFolder: string;
  /** The command as a person writes it, for messages. */
  usage: string;
}

/** Writes a file as a whole or not at all: under another name beside `target`, which then takes its place. */
async function writeWhole(target: string, bytes: Uint8Array, usage: string): Promise<void> {
  const part = `${target}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileError(target, `The prepared garment cannot be written there: name another file (${usage}).`, error);
  }
}

/** Receives the lines that are printed: results, and what was changed or guessed. */
export interface Printer {
  log(line: string): void;
  warn(line: string): void;
}

/**
 * Converts a garment file to a prepared garment, for the command line. In a prepared garment the bones are mapped and
 * the cloth is bound to the mannequin, so that the room loads it without further work.
 *
 * 1. Reads the mannequin and the garment.
 * 2. Checks that the result does not replace the maker's file.
 * 3. Prepares the garment, and writes the result as a whole or not at all.
 *
 * Rejects with an error whose message says what to do; then nothing is written.
 *
 * @param args Paths: the garment's GLB (or `.gltf`, with its files beside it), and the file to write; without the second, `IN-prepared.glb`.
 * @param printer Gets both sizes in bytes, and a warning for each thing that was changed or guessed.
 */
export async function prepareFile(
  args: readonly string[],
  printer: Printer,
  { assetsFolder, usage }: GarmentCommandOptions,
): Promise<void> {
  const [source, target = source?.replace(/(\.glb|\.gltf)?$/i, '-prepared.glb')] = args;
  if (!source || !target || source.startsWith('-')) throw new Error(`which file? ${usage}`);
  if (args.length > 2) throw new Error(`one garment at a time: ${usage}`);
  const readAsset = async (path: string): Promise<ArrayBuffer> =>
    Uint8Array.from(await readFile(join(assetsFolder, path))).buffer;
  const mannequin = await readMannequin(await readAsset('mannequin.glb'));
  const { bytes, readBeside } = await readGarmentFile(source, usage);
  // Links are followed: another name for the maker's file is the maker's file.
  const existing = await realpath(target).catch(() => null);
  if (existing !== null && existing === (await realpath(source)))
    throw new Error(`${target} is the maker's file, which must be kept: name another file for the result (${usage}).`);
  const { file, warnings } = await prepareGarment(bytes, mannequin, { readAsset, readBeside }).catch(
    (error: unknown) => {
      throw new Error(`${source}: ${toGarmentInvalid(error).message}`, { cause: error });
    },
  );
  for (const warning of warnings) printer.warn(`${source}: ${warning}`);
  if (file === bytes) {
    printer.log(`${source} is prepared already (${bytes.byteLength} bytes); nothing is written`);
    return;
  }
  await writeWhole(target, file, usage);
  printer.log(`${source}: ${bytes.byteLength} bytes, ${target}: ${file.byteLength} bytes`);
}

import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { prepareGarment } from '../../../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../../../src/garment/garment-invalid.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../../src/mannequin/read-mannequin.ts';
import type { GarmentCommandOptions } from '../printer.ts';
import { fileError, readGarmentFile } from '../read-garment-file.ts';

/** A garment to prepare: paths of the maker's file (GLB, or `.gltf` with its files beside it) and of the result. */
export interface Preparation {
  source: string;
  target: string;
  /** Whether a file that is prepared already is copied to `target`, so that a catalogue's folder has all. */
  isCopied: boolean;
}

/** What all preparations share. */
export interface PrepareContext {
  /** The body that cloth is bound to. */
  mannequin: Mannequin;
  /** Resolves to the bytes of a file of the room, by its path in the folder `assets`. */
  readAsset: (path: string) => Promise<ArrayBuffer>;
  /** The command as a person writes it, for messages. */
  usage: string;
}

/** Reads what all preparations share from the folder `assets`. */
export async function readPrepareContext({ assetsFolder, usage }: GarmentCommandOptions): Promise<PrepareContext> {
  const readAsset = async (path: string): Promise<ArrayBuffer> =>
    Uint8Array.from(await readFile(join(assetsFolder, path))).buffer;
  return { mannequin: await readMannequin(await readAsset('mannequin.glb')), readAsset, usage };
}

/** What came of a preparation. */
export interface Prepared extends Preparation {
  /** Sizes of both files. */
  sourceBytes: number;
  targetBytes: number;
  /** What was changed or guessed. */
  warnings: string[];
  /** Whether `target` was written. */
  isWritten: boolean;
  /** Whether the maker's file was prepared already. */
  wasPrepared: boolean;
}

/**
 * Writes a file as a whole or not at all: under another name beside `target`, which then takes its place. Processes
 * that write the same file at one time do not disturb each other.
 */
async function writeWhole(target: string, bytes: Uint8Array, usage: string): Promise<void> {
  const part = `${target}.${process.pid}.part`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileError(target, `The prepared garment cannot be written there: name another file (${usage}).`, error);
  }
}

/**
 * Converts a garment file to a prepared garment, for the command line. In a prepared garment the bones are mapped and
 * the cloth is bound to the mannequin, so that the room loads it without further work.
 *
 * 1. Reads the garment.
 * 2. Checks that the result does not replace the maker's file.
 * 3. Prepares the garment, and writes the result as a whole or not at all.
 *
 * Rejects with an error whose message says what to do; then nothing is written.
 */
export async function prepareFile(
  { source, target, isCopied }: Preparation,
  { mannequin, readAsset, usage }: PrepareContext,
): Promise<Prepared> {
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
  const wasPrepared = file === bytes;
  const isWritten = isCopied || !wasPrepared;
  if (isWritten) await writeWhole(target, file, usage);
  const sizes = { sourceBytes: bytes.byteLength, targetBytes: file.byteLength };
  return { source, target, isCopied, ...sizes, warnings, isWritten, wasPrepared };
}

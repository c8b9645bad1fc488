// Converts a garment file (GLB) to a prepared garment, which the fitting room loads without further work:
//   npm run prepare-garment -- IN.glb [OUT.glb]   (default: IN-prepared.glb)
// Reads the mannequin from assets/mannequin.glb. Prints what it changed or guessed, and both sizes in bytes. If the
// garment cannot be prepared, it prints what to change and exits with code 1. The maker's file is never written to, and
// OUT.glb is replaced only by a complete file.
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { prepareGarment } from '../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../src/garment/garment-invalid.ts';
import { readMannequin } from '../src/mannequin/read-mannequin.ts';

const USAGE = 'npm run prepare-garment -- IN.glb [OUT.glb]';
/** The mannequin of this repository, whatever folder the command is called from. */
const MANNEQUIN = new URL('../assets/mannequin.glb', import.meta.url);

/** System errors by code, in words. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EACCES: 'you have no permission for it',
  EPERM: 'you have no permission for it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EFBIG: 'the file is too large for its disk',
};

/** Returns an error that names the path, the reason in words and the remedy. `cause` is an error of `node:fs`. */
function fileError(path: string, remedy: string, cause: unknown): Error {
  const { code = '', message = String(cause) } = cause as { code?: string; message?: string };
  return new Error(`${path}: ${REASONS[code] ?? message}. ${remedy}`, { cause });
}

/** Writes a file as a whole or not at all: under another name beside `target`, which then takes its place. */
async function writeWhole(target: string, bytes: Uint8Array): Promise<void> {
  const part = `${target}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw fileError(target, `The prepared garment cannot be written there: name another file (${USAGE}).`, error);
  }
}

async function main(args: string[]): Promise<void> {
  const [source, target = source?.replace(/(\.glb)?$/i, '-prepared.glb')] = args;
  if (!source || !target || source.startsWith('-')) throw new Error(`which file? ${USAGE}`);
  if (args.length > 2) throw new Error(`one garment at a time: ${USAGE}`);
  const mannequin = await readMannequin(Uint8Array.from(await readFile(MANNEQUIN)).buffer);
  const bytes = Uint8Array.from(
    await readFile(source).catch((error: unknown) => {
      throw fileError(source, `The garment cannot be read: name a GLB file (${USAGE}).`, error);
    }),
  );
  // Links are followed: another name for the maker's file is the maker's file.
  const existing = await realpath(target).catch(() => null);
  if (existing !== null && existing === (await realpath(source)))
    throw new Error(`${target} is the maker's file, which must be kept: name another file for the result (${USAGE}).`);
  const { file, warnings } = await prepareGarment(bytes, mannequin).catch((error: unknown) => {
    throw new Error(`${source}: ${toGarmentInvalid(error).message}`, { cause: error });
  });
  for (const warning of warnings) console.warn(`${source}: ${warning}`);
  if (file === bytes) {
    console.log(`${source} is prepared already (${bytes.byteLength} bytes); nothing is written`);
    return;
  }
  await writeWhole(target, file);
  console.log(`${source}: ${bytes.byteLength} bytes, ${target}: ${file.byteLength} bytes`);
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

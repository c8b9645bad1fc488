import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { garmentInvalid } from '../../src/garment/garment-invalid.ts';

/** System errors by code, in words. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of this path is a file, not a folder',
  EEXIST: 'a part of this path is a file, not a folder',
  EACCES: 'you have no permission for it',
  EPERM: 'you have no permission for it',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EFBIG: 'the file is too large for its disk',
};

/** Returns an error that names the path, the reason in words and the remedy. `cause` is an error of `node:fs`. */
export function fileError(path: string, remedy: string, cause: unknown): Error {
  return new Error(`${path}: ${reasonOf(cause)}. ${remedy}`, { cause });
}

function reasonOf(cause: unknown): string {
  const { code = '', message = String(cause) } = cause as { code?: string; message?: string };
  return REASONS[code] ?? message;
}

/** A garment's file, and how to read those beside it. */
export interface GarmentFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Resolves to the bytes of a file beside it, by a relative URL; rejects with `FittingError` `garment-invalid`. */
  readBeside: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Reads a garment's file (GLB or `.gltf`) for the command line. `source`: its path; `usage`: the command as a person
 * writes it. Rejects with an error whose message says what to do.
 */
export async function readGarmentFile(source: string, usage: string): Promise<GarmentFile> {
  const bytes = Uint8Array.from(
    await readFile(source).catch((error: unknown) => {
      throw fileError(source, `The garment cannot be read: name a GLB file (${usage}).`, error);
    }),
  );
  const readBeside = async (path: string): Promise<Uint8Array<ArrayBuffer>> =>
    Uint8Array.from(
      await readFile(join(dirname(source), decodeURIComponent(path))).catch((error: unknown) => {
        const fault = `it refers to ${path} (${reasonOf(error)})`;
        throw garmentInvalid(fault, 'put that file beside it, or export one GLB', error);
      }),
    );
  return { bytes, readBeside };
}

import { FittingError } from '../errors.ts';
import type { PreparedFile } from '../garment/load-garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';

/** What `adoptGarment` needs beside the file. */
export interface AdoptOptions {
  /** The body whose bones the garment is bound to. */
  mannequin: Mannequin;
  /** URL of the folder with the room's files, with a trailing slash. */
  assets: string;
  /** Stops the download of a decoder. */
  signal: AbortSignal;
}

/**
 * Binds a file (a GLB's bytes) that was not prepared for the mannequin to its bones. The code is fetched only then,
 * because most shops prepare their files; so is the decoder of files that are compressed with Draco.
 *
 * Rejects with `FittingError`: `garment-invalid` for the file, `garment-unreachable` for code or decoder; and with the
 * signal's reason when aborted.
 */
export async function adoptGarment(
  file: Uint8Array<ArrayBuffer>,
  { mannequin, assets, signal }: AdoptOptions,
): Promise<PreparedFile> {
  const { prepareGarment } = await import('../adopt/prepare-garment.ts').catch((cause: unknown) => {
    throw new FittingError('garment-unreachable', 'The code that adopts the garment could not be fetched.', { cause });
  });
  const readAsset = async (path: string): Promise<ArrayBuffer> => {
    const { href } = new URL(path, assets);
    try {
      const response = await fetch(href, { signal });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      return await response.arrayBuffer();
    } catch (cause) {
      signal.throwIfAborted();
      throw new FittingError(
        'garment-unreachable',
        `The garment needs a decoder, ${href}, which could not be fetched: serve all files of \`assets\`.`,
        { cause },
      );
    }
  };
  return prepareGarment(file, mannequin, { compress: false, readAsset });
}

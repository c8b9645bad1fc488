import { download, readBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import { fetchGarment } from '../garment/fetch-garment.ts';
import type { PreparedFile } from '../garment/load-garment.ts';
import { importModule } from '../import-module.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Pulse } from '../pulse.ts';

/** What `adoptGarment` needs beside the file. */
export interface AdoptOptions {
  /** The body whose bones the garment is bound to. */
  mannequin: Mannequin;
  /** Absolute URL of the file: files beside it are fetched relative to it. */
  src: string;
  /** URL of the folder with the room's files, with a trailing slash. */
  assets: string;
  /** Of everything that the room downloads. */
  pulse?: Pulse;
  /** Stops downloads. */
  signal: AbortSignal;
}

/**
 * Binds a file (a GLB's bytes) that was not prepared for the mannequin to its bones. The code is fetched only then,
 * because most shops prepare their files; so are the decoder of files that are compressed with Draco, and the files
 * beside one in several parts (`.gltf`).
 *
 * Rejects with `FittingError`: `garment-invalid` for the file, `garment-unreachable` for code, decoder or further files;
 * and with the signal's reason when aborted.
 */
export async function adoptGarment(
  file: Uint8Array<ArrayBuffer>,
  { mannequin, src, assets, pulse, signal }: AdoptOptions,
): Promise<PreparedFile> {
  const { prepareGarment } = await importModule(import('../adopt/prepare-garment.ts'), {
    code: 'garment-unreachable',
    what: 'The code that adopts the garment',
    pulse,
  });
  const readAsset = async (path: string): Promise<ArrayBuffer> => {
    const { href } = new URL(path, assets);
    try {
      const { body } = await download(href, { signal, pulse });
      return (await readBytes(body)).buffer;
    } catch (cause) {
      signal.throwIfAborted();
      throw new FittingError(
        'garment-unreachable',
        `The garment needs a decoder, ${href}, which could not be fetched: serve all files of \`assets\`.`,
        { cause },
      );
    }
  };
  const readBeside = (path: string): Promise<Uint8Array<ArrayBuffer>> =>
    fetchGarment(new URL(path, src).href, { signal, pulse });
  return prepareGarment(file, mannequin, { compress: false, readAsset, readBeside });
}

import { download, readBytes, totalBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import { checkBytes } from './check-glb.ts';

/** Options of `fetchGarment`. */
export interface FetchGarmentOptions {
  /** Stops the download. */
  signal?: AbortSignal;
  /** Shared with the downloads that go on at the same time. */
  pulse?: Pulse;
  /** Called with the bytes received so far and the bytes of the file; `total` is 0 if the server does not send it. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Downloads a garment file and returns its bytes. Stops as soon as more than 64 MB have arrived.
 *
 * Rejects with `FittingError` `garment-unreachable`, which names the URL, when the request fails, its status is not 2xx,
 * or no byte comes for 20 s; with `garment-invalid` for a file that is too large; and with the signal's reason when
 * aborted.
 *
 * @param url Absolute, or relative to the page.
 */
export async function fetchGarment(
  url: string,
  { signal, pulse, onProgress }: FetchGarmentOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    let total = 0;
    const onPiece = (_: unknown, loaded: number): void => {
      checkBytes(loaded);
      onProgress?.(loaded, total);
    };
    const { response, body } = await download(url, { signal, pulse, onPiece });
    total = totalBytes(response);
    return await readBytes(body);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof FittingError) throw cause;
    throw new FittingError(
      'garment-unreachable',
      `${url} could not be fetched: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

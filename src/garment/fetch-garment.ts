import { countBytes, readBytes, totalBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import { checkBytes } from './check-glb.ts';

/** Options of `fetchGarment`. */
export interface FetchGarmentOptions {
  /** Stops the download. */
  signal?: AbortSignal;
  /** Called with the bytes received so far and the bytes of the file; `total` is 0 if the server does not send it. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Downloads a garment file and returns its bytes. Stops as soon as more than 64 MB have arrived.
 *
 * Rejects with `FittingError` `garment-unreachable`, which names the URL, when the request fails or its status is not
 * 2xx; with `garment-invalid` for a file that is too large; and with the signal's reason when aborted.
 *
 * @param url Absolute, or relative to the page.
 */
export async function fetchGarment(
  url: string,
  { signal, onProgress }: FetchGarmentOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    const total = totalBytes(response);
    const counted = countBytes(response.body, (loaded) => {
      checkBytes(loaded);
      onProgress?.(loaded, total);
    });
    return await readBytes(counted);
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

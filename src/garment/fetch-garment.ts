import { countBytes, readBytes, totalBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import { checkBytes } from './check-glb.ts';

export interface FetchGarmentOptions {
  signal?: AbortSignal;
  /** Bytes that have arrived and bytes in all; `total` is 0 where the server does not say. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Downloads a garment file, and stops as soon as it is too large. Rejects with `FittingError` `garment-unreachable`,
 * which names the URL, or `garment-invalid` for too many bytes, and with the signal's reason when aborted.
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

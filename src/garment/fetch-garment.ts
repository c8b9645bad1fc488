import { FittingError } from '../errors.ts';
import { checkBytes } from './check-glb.ts';

export interface FetchGarmentOptions {
  signal?: AbortSignal;
  /** Bytes that have arrived and bytes in all; `total` is 0 where the server does not say. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Downloads a garment file, and stops as soon as it is too large. Rejects with `FittingError` `garment-unreachable`, which
 * names the URL, or `garment-invalid` for too many bytes, and with the signal's reason when aborted.
 */
export async function fetchGarment(
  url: string,
  { signal, onProgress }: FetchGarmentOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) throw new Error(`HTTP status ${response.status}`);
    // `content-length` of a compressed response counts its packed bytes: the total is unknown.
    const total = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length') ?? 0);

    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let loaded = 0;
    const reader = response.body.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      loaded += step.value.byteLength;
      try {
        checkBytes(loaded);
      } catch (error) {
        await reader.cancel();
        throw error;
      }
      onProgress?.(loaded, total);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
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

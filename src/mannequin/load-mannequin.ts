import { countBytes, readBytes, totalBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import type { Mannequin } from './mannequin.ts';
import { readMannequin } from './read-mannequin.ts';

/** Options of `loadMannequin`. */
export interface LoadMannequinOptions {
  /** Aborts the download. */
  signal?: AbortSignal;
  /** Called while bytes arrive. `loaded`: bytes so far; `total`: bytes of the whole file, 0 where it is not known. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Fetches the mannequin (the parametric body: mesh, joints, morphs; metres) as a GLB from `url`, absolute or relative
 * to the page, and reads it. Rejects with `FittingError` `model-unreachable` if the file cannot be fetched or is not a
 * mannequin, and with the reason of `signal` if that aborts.
 */
export async function loadMannequin(url: string, options: LoadMannequinOptions = {}): Promise<Mannequin> {
  const { signal, onProgress } = options;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`);
    const total = totalBytes(response);
    const bytes = await readBytes(countBytes(response.body, (loaded) => onProgress?.(loaded, total)));
    return await readMannequin(bytes.buffer);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof FittingError) throw cause;
    throw new FittingError('model-unreachable', `The mannequin could not be loaded from ${url}.`, { cause });
  }
}

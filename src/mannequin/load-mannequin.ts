import { download, readBytes, totalBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import type { Mannequin } from './mannequin.ts';
import { readMannequin } from './read-mannequin.ts';

/** Options of `loadMannequin`. */
export interface LoadMannequinOptions {
  /** Aborts the download. */
  signal?: AbortSignal;
  /** Shared with the downloads that go on at the same time. */
  pulse?: Pulse;
  /** Called while bytes arrive. `loaded`: bytes so far; `total`: bytes of the whole file, 0 where it is not known. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Fetches the mannequin (the parametric body: mesh, joints, morphs; metres) as a GLB from `url`, absolute or relative
 * to the page, and reads it. Rejects with `FittingError` `model-unreachable` if the file cannot be fetched or is not a
 * mannequin, and with the reason of `signal` if that aborts.
 */
export async function loadMannequin(url: string, options: LoadMannequinOptions = {}): Promise<Mannequin> {
  const { signal, pulse, onProgress } = options;
  try {
    let total = 0;
    const { response, body } = await download(url, {
      signal,
      pulse,
      onPiece: (_, loaded) => onProgress?.(loaded, total),
    });
    total = totalBytes(response);
    const bytes = await readBytes(body);
    return await readMannequin(bytes.buffer);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof FittingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FittingError('model-unreachable', `The mannequin could not be loaded from ${url}: ${reason}.`, { cause });
  }
}

import { FittingError } from '../errors.ts';
import type { Mannequin } from './mannequin.ts';
import { readMannequin } from './read-mannequin.ts';

export interface LoadMannequinOptions {
  signal?: AbortSignal;
  /** Bytes; `total` is 0 where the server does not say. */
  onProgress?: (loaded: number, total: number) => void;
}

/**
 * Fetches and reads the mannequin. Rejects with `FittingError` `model-unreachable` when it cannot be had, and with the
 * signal's own reason when aborted.
 */
export async function loadMannequin(url: string, options: LoadMannequinOptions = {}): Promise<Mannequin> {
  const { signal, onProgress } = options;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return readMannequin(await collect(response, onProgress));
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof FittingError) throw cause;
    throw new FittingError('model-unreachable', `The mannequin could not be loaded from ${url}.`, { cause });
  }
}

async function collect(response: Response, onProgress: LoadMannequinOptions['onProgress']): Promise<ArrayBuffer> {
  if (!onProgress || !response.body) return response.arrayBuffer();
  const total = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    loaded += value.length;
    onProgress(loaded, total);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes.buffer;
}

import { FittingError } from '../errors.ts';

/** A file of the runtime folder and its size, which a compressing server does not tell. */
export interface RuntimeFile {
  url: string;
  bytes: number;
}

/** Streams that report what passes through them. */
function counting(onBytes: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
}

/**
 * Fetches files at once, streaming, and reports the bytes of all of them together. The responses come as soon as their
 * headers are there, so that WebAssembly compiles while it downloads.
 * Rejects with `FittingError` `model-unreachable`, which names the file.
 */
export function fetchRuntimeFiles(
  files: readonly RuntimeFile[],
  onProgress: (loaded: number, total: number) => void,
): Promise<Response>[] {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const count = (bytes: number): void => {
    loaded += bytes;
    onProgress(Math.min(loaded, total), total);
  };
  return files.map(async ({ url }) => {
    let response: Response;
    try {
      response = await fetch(url);
    } catch (cause) {
      throw new FittingError('model-unreachable', `${url} cannot be fetched`, { cause });
    }
    if (!response.ok || !response.body) {
      throw new FittingError('model-unreachable', `${url} answers ${response.status} ${response.statusText}`.trim());
    }
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(response.body.pipeThrough(counting(count)), { headers: { 'content-type': type } });
  });
}

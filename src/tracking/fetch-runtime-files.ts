import { countBytes } from '../download.ts';
import { FittingError } from '../errors.ts';

/**
 * A file of the folder `assets/runtime` (networks and WebAssembly): its URL, and its uncompressed size in bytes, which
 * a server that compresses does not report.
 */
export interface RuntimeFile {
  url: string;
  bytes: number;
}

/**
 * Fetches the files that an engine needs, in parallel, and reports their progress.
 *
 * @param onProgress called with the bytes of all files downloaded so far, and their total.
 * @returns one promise per file, in the order of `files`. Each resolves when the headers have arrived, so that
 * WebAssembly compiles while it downloads; its body is read as usual. It rejects with `FittingError`
 * `model-unreachable`, which names the file.
 */
export function fetchRuntimeFiles(
  files: readonly RuntimeFile[],
  onProgress: (loaded: number, total: number) => void,
): Promise<Response>[] {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
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
    const counted = countBytes(response.body, (_, added) => {
      loaded += added;
      onProgress(Math.min(loaded, total), total);
    });
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(counted, { headers: { 'content-type': type } });
  });
}

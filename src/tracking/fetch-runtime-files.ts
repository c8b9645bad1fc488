import { download } from '../download.ts';
import { Pulse } from '../pulse.ts';
import { FileFault } from './file-fault.ts';

/**
 * A file of the folder `assets/runtime` (networks and WebAssembly): its URL, and its uncompressed size in bytes, which
 * a server that compresses does not report.
 */
export interface RuntimeFile {
  url: string;
  bytes: number;
}

/** Downloads of files that an engine needs. */
export interface RuntimeDownloads {
  /**
   * One per file, in order. Each resolves when the headers have arrived, so that WebAssembly compiles while it
   * downloads; its body is read as usual.
   */
  responses: Promise<Response>[];
  /**
   * Rejects with the `FileFault` of the first file that cannot be had whole, even in the midst of it: what reads the
   * body may put an error of its own in its place. Never resolves.
   */
  failed: Promise<never>;
}

/** Identifiers by which formats begin: at which byte, and which. */
const IDENTIFIERS: Record<string, [number, string]> = { tflite: [4, 'TFL3'], wasm: [0, '\0asm'] };
/** So many bytes hold each identifier. */
const HEAD_BYTES = 8;
/** The way out for the page's author. */
export const COMPARE_FILES = 'serve the whole file ("npx fitting-room verify DIR" compares all files of the folder)';

/**
 * Fetches the files that an engine needs, in parallel, and reports their progress. A file fails with `FileFault`
 * `model-unreachable` if it cannot be fetched, is of another format (an error page) or too short (cut), and if no byte
 * of any of them comes for 20 s. A script that must not be cached is not read: its body is empty.
 *
 * @param onProgress called with the bytes of all files downloaded so far, and their total.
 */
export function fetchRuntimeFiles(
  files: readonly RuntimeFile[],
  onProgress: (loaded: number, total: number) => void,
): RuntimeDownloads {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const pulse = new Pulse();
  let loaded = 0;
  let fail: (cause: FileFault) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => {});

  const fetchFile = async ({ url, bytes }: RuntimeFile): Promise<Response> => {
    /** `reason`: what is wrong, said of the file. */
    const toFault = (reason: string, cause?: unknown): FileFault =>
      new FileFault('model-unreachable', url, `${url} ${reason}`, { cause });
    let head = '';
    const onPiece = (piece: Uint8Array): void => {
      loaded += piece.byteLength;
      if (head.length < HEAD_BYTES) {
        head += String.fromCharCode(...piece.subarray(0, HEAD_BYTES - head.length));
        if (head.length === HEAD_BYTES) checkHead();
      }
      onProgress(Math.min(loaded, total), total);
    };
    const checkHead = (): void => {
      const format = url.slice(url.lastIndexOf('.') + 1);
      const [start, identifier] = IDENTIFIERS[format] ?? [0, ''];
      if (!head.startsWith(identifier, start))
        throw toFault(`is no .${format} file: it begins with ${JSON.stringify(head)}`);
    };
    const onEnd = (loadedOfFile: number): void => {
      if (loadedOfFile < bytes) throw toFault(`ends after ${loadedOfFile} of ${bytes} bytes: ${COMPARE_FILES}`);
    };
    const explain = (cause: unknown): FileFault => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const fault = cause instanceof FileFault ? cause : toFault(`cannot be loaded: ${reason}`, cause);
      fail(fault);
      return fault;
    };
    const { response, body } = await download(url, { pulse, onPiece, onEnd, explain });
    if (url.endsWith('.js') && /no-store/i.test(response.headers.get('cache-control') ?? '')) {
      // A script is fetched only to be in the cache when the browser runs it. Where the server forbids the cache to keep
      // it, it would be sent twice.
      await body.cancel();
      loaded += bytes;
      onProgress(Math.min(loaded, total), total);
      return new Response(null);
    }
    const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return new Response(body, { headers: { 'content-type': type } });
  };
  const responses = files.map(fetchFile);
  // A file may fail before it is wanted; `failed` has the reason.
  for (const response of responses) response.catch(() => {});
  return { responses, failed };
}

/**
 * Downloads that are given up when they fall silent, but not when they are slow.
 *
 * 1. `download` fetches one file under a `Pulse`, which counts the seconds in which no byte of any download has come,
 *    and passes the file's bytes on while they arrive.
 * 2. `readBytes` reads these to the end.
 */

import { Pulse } from './pulse.ts';

/** Options of `download`. */
export interface DownloadOptions {
  /** Stops the download, which then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Shared with the downloads that go on at the same time; one of its own by default. */
  pulse?: Pulse;
  /** Called with each piece, and the number of bytes with it. If it throws, the download ends with that error. */
  onPiece?: (piece: Uint8Array<ArrayBuffer>, loaded: number) => void;
  /** Called at the end with the number of bytes. If it throws, the download ends with that error. */
  onEnd?: (loaded: number) => void;
  /** Returns the error to reject with for any failure but that of `signal`; the failure itself by default. */
  explain?: (cause: unknown) => unknown;
}

/** A download whose headers have arrived. */
export interface Download {
  response: Response;
  /** The bytes, for a parser that works while they arrive, or for `readBytes`. It errors as `download` rejects. */
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Fetches `url`. Rejects when the request fails, when its status is not 2xx, and when no byte comes for 20 s; the
 * message says so in half a sentence, without the URL. Silence counts only while somebody waits for bytes.
 */
export async function download(
  url: string,
  { signal, pulse = new Pulse(), onPiece, onEnd, explain = (cause) => cause }: DownloadOptions = {},
): Promise<Download> {
  signal?.throwIfAborted();
  const abort = new AbortController();
  const onAbort = (): void => abort.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const end = (): void => signal?.removeEventListener('abort', onAbort);
  /** Ends the download and returns the error to reject with. */
  const fail = (cause: unknown): unknown => {
    end();
    abort.abort(cause);
    return signal?.aborted ? signal.reason : explain(cause);
  };
  let loaded = 0;
  let isCanceled = false;
  try {
    const response = await pulse.watch(fetch(url, { signal: abort.signal }));
    if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
    const reader = response.body?.getReader();
    if (!reader) throw new Error('the answer has no content');
    pulse.beat();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      async pull(controller) {
        try {
          const { done, value } = await pulse.watch(reader.read()).catch((cause: unknown) => {
            throw brokenOff(cause, loaded);
          });
          // A body that is cancelled while it is read ends here too.
          if (isCanceled) return;
          if (done) {
            onEnd?.(loaded);
            end();
            return controller.close();
          }
          pulse.beat();
          loaded += value.byteLength;
          onPiece?.(value, loaded);
          controller.enqueue(value);
        } catch (cause) {
          throw fail(cause);
        }
      },
      cancel(reason) {
        isCanceled = true;
        end();
        return reader.cancel(reason);
      },
    });
    return { response, body };
  } catch (cause) {
    throw fail(cause);
  }
}

/** The error of a download that ends in the midst. Of a broken line browsers say "network error" (a `TypeError`). */
function brokenOff(cause: unknown, loaded: number): Error {
  const reason = cause instanceof TypeError || !(cause instanceof Error) ? 'the connection broke off' : cause.message;
  return new Error(`${reason}, after ${loaded} bytes`, { cause });
}

/**
 * Reads a stream to its end and returns all its bytes in one array. Rejects with the stream's own error; a `Response`
 * of the stream might replace it by another.
 */
export async function readBytes(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) chunks.push(step.value);
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Returns the number of bytes that a response's body will have, from its `content-length` header. Returns 0 where the
 * number is not known: without that header, and for a compressed response, whose header counts the compressed bytes.
 */
export function totalBytes({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

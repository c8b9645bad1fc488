import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DownloadOptions, download, readBytes, totalBytes } from './download.ts';
import { Pulse } from './pulse.ts';

/** A stream of three pieces of 2, 3 and 4 bytes, each filled with its own number. */
function createPieces(onCancel = (): void => {}): ReadableStream<Uint8Array<ArrayBuffer>> {
  let piece = 0;
  return new ReadableStream({
    pull(controller) {
      if (piece === 3) controller.close();
      else controller.enqueue(new Uint8Array(piece++ + 2).fill(piece));
    },
    cancel: onCancel,
  });
}

/** Answers every request with `body`. */
function serve(body: ReadableStream | null, status = 200): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
}

/** Lets all promises settle that need no timer. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
}

describe('download', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** Downloads and reads the file to its end. */
  const load = async (options?: DownloadOptions): Promise<Uint8Array> =>
    readBytes((await download('/file', options)).body);

  it('reports every piece and the end, and hands on every byte, in order', async () => {
    serve(createPieces());
    const reports: number[][] = [];
    const onEnd = vi.fn();
    const bytes = await load({ onPiece: ({ byteLength }, loaded) => reports.push([loaded, byteLength]), onEnd });
    expect([...bytes]).toEqual([1, 1, 2, 2, 2, 3, 3, 3, 3]);
    expect(reports).toEqual([
      [2, 2],
      [5, 3],
      [9, 4],
    ]);
    expect(onEnd.mock.calls).toEqual([[9]]);
  });

  it('an error that a callback throws reaches the reader as it is, and the request is aborted', async () => {
    let aborted: AbortSignal | null | undefined;
    vi.stubGlobal('fetch', async (_: string, { signal }: RequestInit) => {
      aborted = signal;
      return new Response(createPieces());
    });
    const tooMuch = new Error('too much');
    const onPiece = (_: unknown, loaded: number): void => {
      if (loaded > 4) throw tooMuch;
    };
    await expect(load({ onPiece })).rejects.toBe(tooMuch);
    expect(aborted?.aborted).toBe(true);
  });

  it('a body that is cancelled while it is read has neither an end nor an error', async () => {
    serve(new ReadableStream());
    const onEnd = vi.fn();
    const explain = vi.fn();
    const { body } = await download('/file', { onEnd, explain });
    await settle();
    await body.cancel();
    await settle();
    expect([onEnd.mock.calls, explain.mock.calls]).toEqual([[], []]);
  });

  it('rejects where the server answers with an error, and with what `explain` makes of it', async () => {
    serve(null, 404);
    await expect(load()).rejects.toThrow('the server answers 404');
    await expect(load({ explain: (cause) => new Error(`file: ${(cause as Error).message}`) })).rejects.toThrow(
      'file: the server answers 404',
    );
  });

  it('rejects with the reason of the signal, before the answer and in the midst', async () => {
    for (const hasAnswer of [false, true]) {
      const abort = new AbortController();
      vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
        hasAnswer
          ? Promise.resolve(
              new Response(
                new ReadableStream({
                  start(controller) {
                    controller.enqueue(new Uint8Array(3));
                    signal?.addEventListener('abort', () => controller.error(new TypeError('network error')));
                  },
                }),
              ),
            )
          : new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new TypeError('failed')))),
      );
      const waiting = load({ signal: abort.signal });
      waiting.catch(() => {});
      await settle();
      abort.abort('enough');
      await expect(waiting).rejects.toBe('enough');
    }
  });

  it('gives a server up that does not answer for 20 s, and one that stops in the midst', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    const unanswered = load();
    unanswered.catch(() => {});
    await vi.advanceTimersByTimeAsync(19_000);
    expect(await Promise.race([unanswered.catch(() => 'failed'), 'waits'])).toBe('waits');
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(unanswered).rejects.toThrow('no byte has come for 20 s');

    serve(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(7)) }));
    const half = load();
    half.catch(() => {});
    await settle();
    await vi.advanceTimersByTimeAsync(20_000);
    await expect(half).rejects.toThrow('no byte has come for 20 s, after 7 bytes');
  });

  it('a slow line goes on: each byte gives it 20 s more', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let give: (byte: number | null) => void = () => {};
    serve(
      new ReadableStream({
        start(controller) {
          give = (byte) => (byte === null ? controller.close() : controller.enqueue(new Uint8Array([byte])));
        },
      }),
    );
    const slow = load();
    for (let byte = 0; byte < 5; byte++) {
      await settle();
      await vi.advanceTimersByTimeAsync(19_000);
      give(byte);
    }
    give(null);
    expect([...(await slow)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('a file that waits for its turn behind another one is not at fault', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const pulse = new Pulse();
    vi.stubGlobal('fetch', () => new Promise(() => {}));
    let isGivenUp = false;
    const waiting = load({ pulse }).catch((cause: Error) => {
      isGivenUp = true;
      return cause.message;
    });
    for (let seconds = 0; seconds < 60; seconds += 10) {
      pulse.beat();
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(isGivenUp).toBe(false);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await waiting).toBe('no byte has come for 20 s');
  });

  it('totalBytes is the content length, and 0 where that is missing or counts packed bytes', () => {
    const total = (headers: Record<string, string>): number => totalBytes(new Response(null, { headers }));
    expect(total({ 'content-length': '123' })).toBe(123);
    expect(total({})).toBe(0);
    expect(total({ 'content-length': '123', 'content-encoding': 'gzip' })).toBe(0);
  });
});

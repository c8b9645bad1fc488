import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startWorker } from './start-worker.ts';

/** A stand-in for a worker that stays silent until the test lets it speak or fail. */
class SilentWorker {
  static last: SilentWorker;
  readonly url: string;
  terminated = false;
  onmessage: (() => void) | null = null;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    SilentWorker.last = this;
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('startWorker', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', SilentWorker);
    vi.stubGlobal('location', { origin: 'https://shop.example' });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('resolves to the worker when it has sent its first message', async () => {
    const started = startWorker('https://shop.example/tracking-worker.js', new AbortController().signal);
    expect(SilentWorker.last.url).toBe('https://shop.example/tracking-worker.js');
    SilentWorker.last.onmessage?.();
    expect(await started).toBe(SilentWorker.last);
  });

  it('a script of another origin starts from a line of the page’s own; a refusal names both ways out', async () => {
    const makeUrl = vi.spyOn(URL, 'createObjectURL');
    const url = 'https://cdn.example/assets/runtime/tracking-worker.js';
    const started = startWorker(url, new AbortController().signal);
    const { last } = SilentWorker;
    expect(last.url).toMatch(/^blob:/);
    expect(await (makeUrl.mock.calls[0][0] as Blob).text()).toBe(`importScripts("${url}")`);
    last.onerror?.({ message: '', preventDefault: () => {} });
    const error = await started.catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'model-unreachable' });
    for (const word of [url, 'worker-src blob:', 'script-src https://cdn.example', '`assets`'])
      expect((error as Error).message).toContain(word);
    expect(last.terminated).toBe(true);
  });

  it('an abort ends a worker that starts, and rejects at once with the reason', async () => {
    const abort = new AbortController();
    const started = startWorker('https://shop.example/tracking-worker.js', abort.signal);
    abort.abort(new Error('on purpose'));
    await expect(started).rejects.toThrow('on purpose');
    expect(SilentWorker.last.terminated).toBe(true);
  });
});

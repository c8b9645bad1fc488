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

/** What the server sends the header `Cross-Origin-Embedder-Policy` with: values by URL. */
function answers(policies: Record<string, string>): void {
  vi.stubGlobal('fetch', async (url: string) => {
    const headers = new Headers(policies[url] === undefined ? {} : { 'Cross-Origin-Embedder-Policy': policies[url] });
    return new Response('', { headers });
  });
}

/** Starts a worker at `url`, lets it fail in the way of a policy, and resolves to the message. */
async function failBy(url: string, policy?: { effectiveDirective: string; disposition: string }): Promise<string> {
  const started = startWorker(url, new AbortController().signal).catch(({ message }: Error) => message);
  const { last } = SilentWorker;
  const blockedURI = last.url.startsWith('blob:') ? 'blob' : last.url;
  if (policy) document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { ...policy, blockedURI }));
  last.onerror?.({ message: '', preventDefault: () => {} });
  return String(await started);
}

describe('startWorker', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', SilentWorker);
    vi.stubGlobal('location', { origin: 'https://shop.example', href: 'https://shop.example/tee' });
    vi.stubGlobal('document', new EventTarget());
    answers({});
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

  it('a policy that forbids workers is named, with what it must allow; one that only reports is not', async () => {
    const url = 'https://shop.example/tracking-worker.js';
    const forbidden = { effectiveDirective: 'worker-src', disposition: 'enforce' };
    expect(await failBy(url, forbidden)).toContain(`forbids workers: it must allow "worker-src 'self'"`);
    expect(await failBy('https://cdn.example/w.js', forbidden)).toContain('it must allow "worker-src blob:"');
    expect(await failBy(url, { ...forbidden, disposition: 'report' })).toMatch(/: its script failed\.$/);
    expect(await failBy(url, { ...forbidden, effectiveDirective: 'img-src' })).toMatch(/: its script failed\.$/);
  });

  it('a page sent with Cross-Origin-Embedder-Policy: the worker needs it, another server Cross-Origin-Resource-Policy', async () => {
    const url = 'https://shop.example/tracking-worker.js';
    answers({ [location.href]: 'credentialless; report-to="x"' });
    expect(await failBy(url)).toContain('send "Cross-Origin-Embedder-Policy: credentialless" with all files');
    expect(await failBy('https://cdn.example/w.js')).toContain('"Cross-Origin-Resource-Policy: cross-origin"');
    answers({ [location.href]: 'require-corp', [url]: 'require-corp' });
    expect(await failBy(url)).toMatch(/: its script failed\.$/);
  });

  it('an abort ends a worker that starts, and rejects at once with the reason', async () => {
    const abort = new AbortController();
    const started = startWorker('https://shop.example/tracking-worker.js', abort.signal);
    abort.abort(new Error('on purpose'));
    await expect(started).rejects.toThrow('on purpose');
    expect(SilentWorker.last.terminated).toBe(true);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';
import { FileFault } from './file-fault.ts';

/** A file's content: its bytes, a function that makes its body, or null where there is no network. */
type Content = string | (() => ReadableStream) | null;

/** Text of `length` bytes that begins like a .wasm file. */
const wasm = (length: number): string => '\0asm'.padEnd(length, '.');
/** Text of `length` bytes that begins like a .tflite file. */
const tflite = (length: number): string => '....TFL3'.padEnd(length, '.');

function serve(files: Record<string, Content>): void {
  vi.stubGlobal('fetch', async (url: string) => {
    const content = files[url];
    if (content === undefined) return new Response(null, { status: 404, statusText: 'Not Found' });
    if (content === null) throw new TypeError('Failed to fetch');
    return new Response(typeof content === 'string' ? content : content());
  });
}

/** Fetches one file and reads it; resolves to the error of both, which must be the same `FileFault`. */
async function faultOf(url: string, bytes = 100): Promise<FileFault> {
  const { responses, failed } = fetchRuntimeFiles([{ url, bytes }], () => {});
  await expect(responses[0].then((response) => response.arrayBuffer())).rejects.toBeDefined();
  const fault: unknown = await failed.catch((cause: unknown) => cause);
  expect(fault).toBeInstanceOf(FileFault);
  expect(fault).toMatchObject({ code: 'model-unreachable', url });
  return fault as FileFault;
}

describe('fetchRuntimeFiles', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('passes on every byte and reports the bytes of all files together', async () => {
    serve({ '/a.wasm': wasm(1000), '/b.tflite': tflite(500) });
    const reports: [number, number][] = [];
    const files = [
      { url: '/a.wasm', bytes: 1000 },
      { url: '/b.tflite', bytes: 500 },
    ];
    const responses = await Promise.all(fetchRuntimeFiles(files, (...report) => reports.push(report)).responses);
    expect(responses.map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/wasm',
      'application/octet-stream',
    ]);
    expect(await Promise.all(responses.map((response) => response.text()))).toEqual([wasm(1000), tflite(500)]);
    expect(reports.at(-1)).toEqual([1500, 1500]);
    for (let i = 1; i < reports.length; i++) expect(reports[i][0]).toBeGreaterThan(reports[i - 1][0]);
  });

  it('never reports more than the total', async () => {
    serve({ '/a': 'a'.repeat(1000) });
    const reports: number[] = [];
    const { responses } = fetchRuntimeFiles([{ url: '/a', bytes: 900 }], (loaded) => reports.push(loaded));
    await (await responses[0]).arrayBuffer();
    expect(Math.max(...reports)).toBe(900);
  });

  it('a script that must not be cached is not read, since the browser fetches it again; a file that is no script is', async () => {
    let isCanceled = false;
    const endless = (): ReadableStream => new ReadableStream({ cancel: () => void (isCanceled = true) });
    vi.stubGlobal('fetch', async (url: string) => {
      const headers = { 'cache-control': 'private, no-store' };
      return new Response(url === '/a.js' ? endless() : wasm(70), { headers });
    });
    const reports: number[] = [];
    const files = [
      { url: '/a.js', bytes: 30 },
      { url: '/b.wasm', bytes: 70 },
    ];
    const { failed, responses: arriving } = fetchRuntimeFiles(files, (loaded) => reports.push(loaded));
    const responses = await Promise.all(arriving);
    expect(await Promise.all(responses.map((response) => response.text()))).toEqual(['', wasm(70)]);
    expect(
      await Promise.race([failed.catch(() => 'failed'), new Promise((end) => setTimeout(() => end('whole')))]),
    ).toBe('whole');
    expect(isCanceled).toBe(true);
    expect(reports.at(-1)).toBe(100);
  });

  it('names the file that is missing, or that cannot be reached', async () => {
    serve({ '/offline.wasm': null });
    expect((await faultOf('/missing.wasm')).message).toMatch(/^\/missing\.wasm .*answers 404 Not Found/);
    expect((await faultOf('/offline.wasm')).message).toMatch(/^\/offline\.wasm .*Failed to fetch/);
  });

  it('names the file that is of another format, and how it begins', async () => {
    serve({ '/page.tflite': '<!doctype html><title>Shop</title>', '/page.wasm': '<!doctype html>' });
    expect((await faultOf('/page.tflite')).message).toBe('/page.tflite is no .tflite file: it begins with "<!doctyp"');
    expect((await faultOf('/page.wasm')).message).toContain('is no .wasm file');
  });

  it('names the file that is cut, and says to serve it whole', async () => {
    serve({ '/cut.tflite': tflite(40) });
    expect((await faultOf('/cut.tflite')).message).toMatch(/ends after 40 of 100 bytes: serve the whole file/);
  });

  it('names the file that breaks off, and after how many bytes', async () => {
    const half = (): ReadableStream => {
      let isSent = false;
      return new ReadableStream({
        pull(controller) {
          if (isSent) controller.error(new TypeError('network error'));
          else controller.enqueue(new TextEncoder().encode(tflite(40)));
          isSent = true;
        },
      });
    };
    serve({ '/half.tflite': half });
    expect((await faultOf('/half.tflite')).message).toMatch(/half\.tflite .*the connection broke off, after 40 bytes/);
  });

  it('names the file that falls silent for 20 s', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    serve({ '/silent.tflite': () => new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(3)) }) });
    const fault = faultOf('/silent.tflite');
    // The first piece has to arrive before the clock goes on.
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await fault).message).toMatch(/silent\.tflite .*no byte has come for 20 s, after 3 bytes/);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';

function serve(files: Record<string, number>): void {
  vi.stubGlobal('fetch', async (url: string) => {
    if (!(url in files)) return new Response(null, { status: 404, statusText: 'Not Found' });
    if (files[url] < 0) throw new TypeError('offline');
    return new Response(new Uint8Array(files[url]).fill(7));
  });
}

describe('fetchRuntimeFiles', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('passes on every byte and reports the bytes of all files together', async () => {
    serve({ '/a.wasm': 1000, '/b.tflite': 500 });
    const reports: [number, number][] = [];
    const files = [
      { url: '/a.wasm', bytes: 1000 },
      { url: '/b.tflite', bytes: 500 },
    ];
    const responses = await Promise.all(fetchRuntimeFiles(files, (...report) => reports.push(report)));
    expect(responses.map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/wasm',
      'application/octet-stream',
    ]);
    const bytes = await Promise.all(responses.map(async (response) => new Uint8Array(await response.arrayBuffer())));
    expect(bytes.map(({ length }) => length)).toEqual([1000, 500]);
    expect(bytes[1].every((byte) => byte === 7)).toBe(true);
    expect(reports.at(-1)).toEqual([1500, 1500]);
    for (let i = 1; i < reports.length; i++) expect(reports[i][0]).toBeGreaterThan(reports[i - 1][0]);
  });

  it('never reports more than the total', async () => {
    serve({ '/a': 1000 });
    const reports: number[] = [];
    const [response] = fetchRuntimeFiles([{ url: '/a', bytes: 900 }], (loaded) => reports.push(loaded));
    await (await response).arrayBuffer();
    expect(Math.max(...reports)).toBe(900);
  });

  it('rejects with model-unreachable, naming the file that is missing or cannot be reached', async () => {
    serve({ '/offline': -1 });
    for (const url of ['/missing', '/offline']) {
      const [response] = fetchRuntimeFiles([{ url, bytes: 1 }], () => {});
      const cause: unknown = await response.catch((error: unknown) => error);
      expect(cause).toBeInstanceOf(FittingError);
      expect(cause).toMatchObject({ code: 'model-unreachable', message: expect.stringContaining(url) });
    }
  });
});

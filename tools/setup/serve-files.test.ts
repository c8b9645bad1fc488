import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFiles } from './serve-files.ts';

describe('serveFiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-files-'));
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    mkdirSync(join(folder, 'open'));
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'open/a.wasm'), 'abcdef');
    writeFileSync(join(folder, 'open/b.tflite'), 'x');
    writeFileSync(join(folder, 'open/page.html'), 'x');
    server = createServer(serveFiles(join(folder, 'open')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends a request with the path as it is; `fetch` would normalise it. */
  function get(
    path: string,
    range?: string,
  ): Promise<{ status?: number; type?: string; range?: string; body: string }> {
    return new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers: range ? { Range: range } : {} }, async (response) => {
        const { 'content-type': type, 'content-range': answered } = response.headers;
        resolve({ status: response.statusCode, type, range: answered, body: await text(response) });
      })
        .on('error', reject)
        .end();
    });
  }

  it('sends models and WebAssembly with their content types', async () => {
    expect(await get('/a.wasm')).toMatchObject({ status: 200, type: 'application/wasm', body: 'abcdef' });
    expect(await get('/b.tflite')).toMatchObject({ status: 200, type: 'application/octet-stream' });
  });

  it('sends the range that a video requests, and the whole file for ranges that sirv gets wrong', async () => {
    expect(await get('/a.wasm', 'bytes=2-3')).toMatchObject({ status: 206, range: 'bytes 2-3/6', body: 'cd' });
    expect(await get('/a.wasm', 'bytes=4-')).toMatchObject({ status: 206, range: 'bytes 4-5/6', body: 'ef' });
    expect(await get('/a.wasm', 'bytes=9-')).toMatchObject({ status: 416, range: 'bytes */6' });
    for (const range of ['bytes=-2', 'bytes=3-2', 'bytes=0-1,3-4'])
      expect(await get('/a.wasm', range), range).toMatchObject({ status: 200, body: 'abcdef' });
  });

  it('answers 404 for a missing file, for a folder and for paths that leave its folder', async () => {
    for (const path of ['/c.glb', '/', '/page', '/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt'])
      expect(await get(path), path).toMatchObject({ status: 404 });
  });
});

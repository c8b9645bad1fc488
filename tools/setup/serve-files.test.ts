import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    server = createServer(serveFiles(join(folder, 'open')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** `fetch` would tidy the path up before it is sent. */
  const get = (
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status?: number; type?: string; range?: string; body: string }> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, headers }, (response) => {
        let body = '';
        response.on('data', (part) => (body += part));
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            type: response.headers['content-type'],
            range: response.headers['content-range'],
            body,
          }),
        );
      })
        .on('error', reject)
        .end();
    });

  it('sends a file with the type that browsers insist on', async () => {
    expect(await get('/a.wasm')).toMatchObject({ status: 200, type: 'application/wasm', body: 'abcdef' });
    expect(await get('/b.tflite')).toMatchObject({ status: 200, type: 'application/octet-stream' });
  });

  it('sends the part that a seeking video asks for', async () => {
    expect(await get('/a.wasm', { Range: 'bytes=2-3' })).toMatchObject({
      status: 206,
      range: 'bytes 2-3/6',
      body: 'cd',
    });
    expect(await get('/a.wasm', { Range: 'bytes=4-' })).toMatchObject({
      status: 206,
      range: 'bytes 4-5/6',
      body: 'ef',
    });
    expect(await get('/a.wasm', { Range: 'bytes=9-' })).toMatchObject({ status: 416, range: 'bytes */6' });
  });

  it('answers 404 for what is not there', async () => {
    expect(await get('/c.glb')).toMatchObject({ status: 404 });
    expect(await get('/')).toMatchObject({ status: 404 });
  });

  it('does not leave its folder', async () => {
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt']) {
      expect(await get(path), path).toMatchObject({ status: 404 });
    }
  });
});

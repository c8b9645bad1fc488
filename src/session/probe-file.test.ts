import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeFile } from './probe-file.ts';

/** Answers by path: status, headers, body. */
const ANSWERS: Record<string, [number, Record<string, string>, string | Buffer]> = {
  '/tee.glb': [200, { 'Content-Type': 'model/gltf-binary' }, 'glTF…'],
  '/page': [200, { 'Content-Type': 'application/octet-stream' }, '\n<!DOCTYPE html><title>Shop</title>'],
  '/pointer': [200, {}, 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n'],
  '/packed': [200, {}, gzipSync('glTF…')],
  '/packed-and-said': [200, { 'Content-Encoding': 'gzip' }, gzipSync('glTF…')],
  '/empty': [200, {}, ''],
  '/worker.js': [200, { 'Content-Type': 'text/plain' }, 'postMessage(1)'],
  '/module.js': [200, { 'Content-Type': 'text/javascript; charset=utf-8' }, 'postMessage(1)'],
  '/secret': [403, {}, 'no'],
};
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const [status, headers, body] = ANSWERS[url] ?? [404, {}, 'gone'];
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe('probeFile', () => {
  for (const [path, meaning] of [
    ['/missing.glb', /answers 404.*`assets`/],
    ['/secret', /answers 403.*readable/],
    ['/page', /web page in place of the file/],
    ['/pointer', /Git LFS/],
    ['/packed', /Content-Encoding: gzip/],
    ['/empty', /empty/],
    ['/worker.js', /calls the script "text\/plain"/],
  ] as const)
    it(`${path}: ${meaning.source}`, async () => expect(await probeFile(base + path)).toMatch(meaning));

  for (const path of ['/tee.glb', '/packed-and-said', '/module.js'])
    it(`${path}: nothing is wrong`, async () => expect(await probeFile(base + path)).toBe(null));

  it('a server that does not run cannot be reached', async () => {
    const stopped = createServer();
    await new Promise<void>((resolve) => stopped.listen(0, '127.0.0.1', resolve));
    const { port } = stopped.address() as AddressInfo;
    await new Promise((resolve) => stopped.close(resolve));
    expect(await probeFile(`http://127.0.0.1:${port}/tee.glb`)).toMatch(/cannot be reached/);
  });

  it('a server that takes the request and says nothing does not answer in time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    expect(await probeFile(`http://127.0.0.1:${port}/tee.glb`)).toMatch(/^127\.0\.0\.1:\d+ does not answer within 4 s/);
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});

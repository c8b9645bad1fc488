import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { editGlb, makeGlb } from '../garment/make-glb.test-helper.ts';
import { garmentExtras, isPrepared } from '../garment/prepared-format.ts';
import { readGlb } from '../garment/read-glb.ts';
import { adoptGarment } from './adopt-garment.ts';

const mannequin = await readCommittedMannequin();
const requests: string[] = [];
const files = new Map<string, Uint8Array>();
let server: Server;
let base: string;

beforeAll(async () => {
  // Test files share a worker, and another one may have left its own `fetch`.
  vi.unstubAllGlobals();
  server = createServer(({ url = '' }, response) => {
    requests.push(url);
    const file = files.get(url);
    response.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** Returns a `.gltf` whose data are in another file at `uri`, and those data. */
async function makeSeparate(uri: string): Promise<{ gltf: Uint8Array<ArrayBuffer>; data: Uint8Array<ArrayBuffer> }> {
  const { json, binary } = readGlb(new Uint8Array(await makeGlb()));
  json.buffers = [{ byteLength: binary.byteLength, uri }];
  return { gltf: new TextEncoder().encode(JSON.stringify(json)), data: binary };
}

function adopt(file: Uint8Array<ArrayBuffer>) {
  requests.length = 0;
  const { signal } = new AbortController();
  return adoptGarment(file, { mannequin, src: `${base}/coats/coat.gltf`, assets: `${base}/assets/`, signal });
}

it('fetches the files beside a garment in several files, relative to it', async () => {
  const { gltf, data } = await makeSeparate('data/coat.bin');
  files.set('/coats/data/coat.bin', data);
  const { file } = await adopt(gltf);
  expect(isPrepared(garmentExtras(readGlb(file).json))).toBe(true);
  expect(requests).toEqual(['/coats/data/coat.bin']);
});

it('names the file beside it that is not there', async () => {
  const { gltf } = await makeSeparate('gone.bin');
  await expect(adopt(gltf)).rejects.toMatchObject({
    code: 'garment-unreachable',
    message: expect.stringContaining('/coats/gone.bin'),
  });
});

it('asks no server for addresses of other places', async () => {
  for (const uri of [`${base}/spy.bin`, '//127.0.0.1/spy.bin', '/spy.bin', 'FILE:///spy.bin']) {
    const { gltf } = await makeSeparate(uri);
    await expect(adopt(gltf)).rejects.toMatchObject({ message: expect.stringMatching(/further files/) });
    expect(requests).toEqual([]);
  }
});

it('names the decoder that is not there', async () => {
  const file = editGlb(await makeGlb(), (json) => {
    json.extensionsUsed = ['KHR_draco_mesh_compression'];
  });
  await expect(adopt(new Uint8Array(file))).rejects.toMatchObject({
    code: 'garment-unreachable',
    message: expect.stringMatching(/decoder.*draco.*assets/),
  });
});

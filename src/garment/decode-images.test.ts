import { afterEach, expect, it, vi } from 'vitest';
import { prepareGarment } from '../adopt/prepare-garment.ts';
import type { Garment } from './garment.ts';
import { loadGarment } from './load-garment.ts';
import { editGlb, makeGlb } from './make-glb.test-helper.ts';
import { makeTube, makeTubeMannequin } from './make-tube.test-helper.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
const manifest = { kind: 'top', sizes: { M: {}, L: {} } };
function serve(body: ArrayBuffer): void {
  vi.stubGlobal('fetch', async () => new Response(body));
}
function load(): Promise<Garment> {
  return loadGarment('tee.glb', { mannequin, adopt: prepareGarment });
}

// GLTFLoader reads the global `self`.
vi.stubGlobal('self', globalThis);
afterEach(() => vi.stubGlobal('fetch', undefined));

/** A GLB of a tube with pictures of these sizes, of which it has the headers only. */
async function withPictures(...sizes: [number, number][]): Promise<ArrayBuffer> {
  const file = await makeGlb({ manifest });
  const pictures = sizes.map(([width, height]) => {
    const picture = new DataView(new ArrayBuffer(32));
    [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, i) => picture.setUint32(4 * i, word));
    return picture;
  });
  const joined = await new Blob([file, ...pictures]).arrayBuffer();
  const edited = editGlb(joined, (json) => {
    const end = file.byteLength - 28 - new DataView(file).getUint32(12, true);
    json.images = pictures.map((_, i) => ({
      mimeType: 'image/png',
      bufferView: json.bufferViews.push({ buffer: 0, byteOffset: end + 32 * i, byteLength: 32 }) - 1,
    }));
    json.buffers[0].byteLength = end + 32 * pictures.length;
    json.textures = pictures.map((_, source) => ({ source }));
    const slots = [
      'normalTexture',
      'occlusionTexture',
      'emissiveTexture',
      'baseColorTexture',
      'metallicRoughnessTexture',
    ];
    pictures.forEach((_, index) => {
      const target = index < 3 ? json.materials[0] : json.materials[0].pbrMetallicRoughness;
      target[slots[index]] = { index };
    });
  });
  // Adapt the length of the binary chunk, which has grown.
  const view = new DataView(edited);
  view.setUint32(20 + view.getUint32(12, true), edited.byteLength - 28 - view.getUint32(12, true), true);
  return edited;
}

it('refuses a picture that is too large before it is decoded, and pictures that are too large together', async () => {
  const decode = vi.fn(async () => ({ width: 4096, height: 4096, close() {} }));
  vi.stubGlobal('createImageBitmap', decode);
  serve(await withPictures([10000, 10000]));
  await expect(load()).rejects.toMatchObject({
    code: 'garment-invalid',
    message: expect.stringMatching(/picture 0.*larger than 4096 pixels \(10000 × 10000\)/),
  });
  expect(decode).not.toHaveBeenCalled();
  serve(await withPictures([4096, 4096], [4096, 4096], [4096, 4096], [4096, 4096], [16, 16]));
  await expect(load()).rejects.toMatchObject({
    code: 'garment-invalid',
    message: expect.stringMatching(/together they have more than 64 megapixels/),
  });
  expect(decode).toHaveBeenCalledTimes(4);
});

it('decodes pictures one at a time', async () => {
  let running = 0;
  let mostRunning = 0;
  vi.stubGlobal('createImageBitmap', async () => {
    mostRunning = Math.max(mostRunning, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return { width: 16, height: 16, close() {} };
  });
  serve(await withPictures([16, 16], [16, 16], [16, 16]));
  await load();
  expect(mostRunning).toBe(1);
});

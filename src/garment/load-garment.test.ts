import type { MeshStandardMaterial } from 'three';
import { afterEach, expect, it, vi } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { loadGarment } from './load-garment.ts';
import { editGlb, makeGlb } from './make-glb.test-helper.ts';
import { makeTube, makeTubeMannequin } from './make-tube.test-helper.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
const manifest = { kind: 'top', sizes: { M: { chest: 107 }, L: { chest: 117 } } };
function serve(body: ArrayBuffer | string | null, init?: ResponseInit): void {
  return void vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve(new Response(body, init)),
  );
}
function load(signal?: AbortSignal) {
  return loadGarment('https://shop.example/tee.glb', { mannequin, signal });
}

// The loader of three.js asks for it when a garment is parsed.
vi.stubGlobal('self', globalThis);
afterEach(() => vi.stubGlobal('fetch', undefined));

it("brings a garment into the mannequin's space, with its bones, sizes and colours", async () => {
  serve(await makeGlb({ manifest, colors: ['white', 'navy'], unit: 0.01 }));
  const garment = await load();
  expect(garment.manifest).toMatchObject({ kind: 'top', layer: 1, baseSize: 'M', sizes: manifest.sizes });
  expect(garment.warnings).toEqual([]);
  expect(garment.colors).toEqual(['white', 'navy']);
  const [part] = garment.parts;
  const tube = makeTube(0.17, 0.9, 1.4);
  const order = new Map(Array.from(part.indices, (v, i) => [v, tube.indices[i]]));
  for (const [mine, theirs] of order) {
    for (let a = 0; a < 3; a++) {
      expect(part.positions[3 * mine + a]).toBeCloseTo(tube.positions[3 * theirs + a], 5);
      expect(part.normals[3 * mine + a]).toBeCloseTo(tube.normals[3 * theirs + a], 5);
      expect(part.sizes.L[3 * mine + a]).toBeCloseTo(a === 1 ? 0 : 0.1 * tube.positions[3 * theirs + a], 5);
    }
    expect(part.skinIndices[4 * mine]).toBe(theirs === 0 ? boneIndex.leftUpperArm : boneIndex.chest);
  }
  expect((part.material as MeshStandardMaterial).name).toBe('cloth');
  expect(Object.entries(part.variants).map(([color, { name }]) => [color, name])).toEqual([
    ['white', 'white'],
    ['navy', 'navy'],
  ]);
  garment.dispose();
});

it('reports bytes as they come', async () => {
  const file = await makeGlb({ manifest });
  serve(file, { headers: { 'content-length': String(file.byteLength) } });
  const seen: [number, number][] = [];
  await loadGarment('a.glb', { mannequin, onProgress: (loaded, total) => void seen.push([loaded, total]) });
  expect(seen.at(-1)).toEqual([file.byteLength, file.byteLength]);
});

it('folds a bone of no name into the one it hangs from', async () => {
  const file = editGlb(await makeGlb({ manifest, joints: ['chest', 'frill'] }), (json) => {
    const [chest, frill] = ['chest', 'frill'].map((name) =>
      json.nodes.findIndex((node: { name: string }) => node.name === name),
    );
    json.nodes[chest].children = [frill];
    json.nodes.find((node: { name: string }) => node.name === 'rig').children = [chest];
  });
  serve(file);
  const { parts } = await load();
  expect(new Set(parts[0].skinIndices)).toEqual(new Set([boneIndex.chest]));
});

it("knows another rig's bones by name", async () => {
  serve(await makeGlb({ manifest, joints: ['mixamorig:Spine', 'mixamorig:LeftArm'] }));
  const { parts, warnings } = await load();
  expect(new Set(parts[0].skinIndices)).toEqual(new Set([boneIndex.spine, boneIndex.leftUpperArm]));
  expect(warnings).toEqual([]);
});

it('takes the bones of a garment without any from the mannequin, and says so', async () => {
  serve(await makeGlb({ manifest, skinned: false }));
  const { parts, warnings } = await load();
  expect(new Set(Array.from(parts[0].skinIndices).filter((_, k) => parts[0].skinWeights[k] > 0))).toEqual(
    new Set([boneIndex.chest]),
  );
  expect(warnings).toEqual([expect.stringMatching(/no bones/)]);
}, 30_000);

it('guesses the manifest of a file without one, and says so', async () => {
  serve(await makeGlb());
  const { manifest: guessed, warnings } = await load();
  expect(guessed).toMatchObject({ kind: 'top', baseSize: 'M', sizes: { M: {}, L: {} } });
  expect(warnings).toEqual([expect.stringMatching(/guessed/)]);
});

it('names the address that could not be reached', async () => {
  serve(null, { status: 404 });
  await expect(load()).rejects.toMatchObject({
    code: 'garment-unreachable',
    message: expect.stringMatching(/shop\.example\/tee\.glb.*404/),
  });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(load()).rejects.toMatchObject({
    code: 'garment-unreachable',
    message: expect.stringMatching(/shop\.example\/tee\.glb/),
  });
});

it("gives the signal's own reason when aborted", async () => {
  serve(await makeGlb({ manifest }));
  await expect(load(AbortSignal.abort(new Error('never mind')))).rejects.toThrow('never mind');
});

const nanAt = (file: ArrayBuffer): ArrayBuffer =>
  // A weightless morph full of NaN would do no harm; a bind matrix of them sends every vertex nowhere.
  editGlb(file, (json) => {
    json.nodes.find((node: { name: string }) => node.name === 'rig').scale = [1e30, 1e30, 1e30];
    json.nodes.find((node: { name: string }) => node.name === 'chest').scale = [1e30, 1e30, 1e30];
  });
/** Four zero bytes are a zero of any type: the weights' own bytes, overwritten. */
function weightless(file: ArrayBuffer): ArrayBuffer {
  editGlb(file, (json) => {
    const accessor = json.accessors[json.meshes[0].primitives[0].attributes.WEIGHTS_0];
    const view = json.bufferViews[accessor.bufferView];
    const first = 28 + new DataView(file).getUint32(12, true) + (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
    for (let i = 0; i < accessor.count; i++) new Uint8Array(file, first + i * (view.byteStride ?? 16), 16).fill(0);
  });
  return file;
}
const broken: [string, () => Promise<ArrayBuffer | string>, RegExp][] = [
  ['a web page', async () => '<!doctype html><title>Not found</title>', /not a GLB/],
  ['half a file', async () => (await makeGlb({ manifest })).slice(0, 900), /cut off/],
  [
    'a header that is not JSON',
    async () => new Uint8Array(await makeGlb({ manifest })).fill(65, 24, 40).buffer,
    /not JSON/,
  ],
  [
    'an old version',
    async () => {
      const file = await makeGlb();
      new DataView(file).setUint32(4, 1, true);
      return file;
    },
    /not glTF 2/,
  ],
  [
    'no mesh',
    async () =>
      editGlb(await makeGlb(), (json) => {
        delete json.meshes;
      }),
    /no mesh/,
  ],
  [
    'pictures from elsewhere',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.images = [{ uri: 'https://spy.example/pixel.png' }];
      }),
    /refers to further files/,
  ],
  [
    'a compression it cannot read',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.extensionsRequired = ['KHR_draco_mesh_compression'];
      }),
    /KHR_draco_mesh_compression/,
  ],
  [
    'a million triangles',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.accessors[json.meshes[0].primitives[0].indices].count = 3e6;
      }),
    /1000000 triangles, more than 150000/,
  ],
  [
    'accessors without end',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.accessors.push({ type: 'VEC4', componentType: 5126, count: 1e9 });
      }),
    /512 MB/,
  ],
  [
    'a negative count',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.accessors[0].count = -1;
      }),
    /malformed/,
  ],
  [
    'the bones of a crane',
    () => makeGlb({ manifest, joints: ['Boom.001', 'Jib'] }),
    /Boom\.001, Jib.*no names that are known/,
  ],
  ['a manifest that is wrong', () => makeGlb({ manifest: { ...manifest, kind: 'hat' } }), /kind must be one of/],
  ['skin weights that are all zero', async () => weightless(await makeGlb({ manifest })), /all zero/],
  ['centimetres', () => makeGlb({ manifest, stretch: 100 }), /100 times too large: export in metres/],
  [
    'a scene that is not there',
    async () =>
      editGlb(await makeGlb({ manifest }), (json) => {
        json.scene = 5;
      }),
    /scene refers to number 5/,
  ],
  ['coordinates that are not numbers', async () => nanAt(await makeGlb({ manifest })), /not numbers/],
];
for (const [what, make, reason] of broken) {
  it(`refuses ${what}, and says why`, async () => {
    serve(await make());
    await expect(load()).rejects.toMatchObject({ code: 'garment-invalid', message: expect.stringMatching(reason) });
  });
}

it('reads no animation, camera or light, which a garment has no use for', async () => {
  serve(
    editGlb(await makeGlb({ manifest }), (json) => {
      json.animations = [{ channels: [{ sampler: 9, target: { node: 99 } }], samplers: [] }];
      Object.assign(json.nodes[0], { camera: 4, extensions: { KHR_lights_punctual: { light: 7 } } });
    }),
  );
  await expect(load()).resolves.toMatchObject({ url: 'https://shop.example/tee.glb' });
});

/** The tube with pictures: only their headers, of the sizes given. */
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
  // The binary chunk has grown.
  const view = new DataView(edited);
  view.setUint32(20 + view.getUint32(12, true), edited.byteLength - 28 - view.getUint32(12, true), true);
  return edited;
}

it('refuses a picture that is too large before it is decoded, and too many together', async () => {
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
  let open = 0;
  let most = 0;
  vi.stubGlobal('createImageBitmap', async () => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 5));
    open--;
    return { width: 16, height: 16, close() {} };
  });
  serve(await withPictures([16, 16], [16, 16], [16, 16]));
  await load();
  expect(most).toBe(1);
});

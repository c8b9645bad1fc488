import type { MeshStandardMaterial } from 'three';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prepareGarment } from '../adopt/prepare-garment.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import type { GarmentPart } from './garment.ts';
import { type LoadGarmentOptions, loadGarment, PREPARE_HINT } from './load-garment.ts';
import { editGlb, makeGlb } from './make-glb.test-helper.ts';
import { makeTube, makeTubeMannequin } from './make-tube.test-helper.ts';
import { PREPARED_VERSION } from './prepared-format.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
const manifest = { kind: 'top', sizes: { M: { chest: 107 }, L: { chest: 117 } } };
function serve(body: ArrayBuffer | string | null, init?: ResponseInit): void {
  return void vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve(new Response(body, init)),
  );
}
/** Without compression, which rotates the corners of triangles: a test recognises vertices by their corners. */
const adopt: LoadGarmentOptions['adopt'] = (file, body) => prepareGarment(file, body, { compress: false });
function load(signal?: AbortSignal) {
  return loadGarment('https://shop.example/tee.glb', { mannequin, signal, adopt });
}

/** The bones to which a part has weights. */
function bonesOf({ skinIndices, skinWeights }: GarmentPart): Set<number> {
  return new Set(Array.from(skinIndices).filter((_, k) => skinWeights[k] > 0));
}

// GLTFLoader reads the global `self`.
beforeEach(() => void vi.stubGlobal('self', globalThis));
// Other files' tests share these globals.
afterEach(() => void vi.unstubAllGlobals());

it("reads positions, normals, sizes and bones in the mannequin's space, and the colours", async () => {
  serve(await makeGlb({ manifest, colors: ['white', 'navy'], unit: 0.01 }));
  const garment = await load();
  expect(garment.manifest).toMatchObject({ kind: 'top', layer: 1, baseSize: 'M', sizes: manifest.sizes });
  expect(garment.warnings).toEqual([PREPARE_HINT]);
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

it('reports bytes as they arrive', async () => {
  const file = await makeGlb({ manifest });
  serve(file, { headers: { 'content-length': String(file.byteLength) } });
  const seen: [number, number][] = [];
  await loadGarment('a.glb', {
    mannequin,
    adopt: prepareGarment,
    onProgress: (loaded, total) => void seen.push([loaded, total]),
  });
  expect(seen.at(-1)).toEqual([file.byteLength, file.byteLength]);
});

it('maps a joint that is no bone to the bone of its parent', async () => {
  const file = editGlb(await makeGlb({ manifest, joints: ['chest', 'frill'] }), (json) => {
    const [chest, frill] = ['chest', 'frill'].map((name) =>
      json.nodes.findIndex((node: { name: string }) => node.name === name),
    );
    json.nodes[chest].children = [frill];
    json.nodes.find((node: { name: string }) => node.name === 'rig').children = [chest];
  });
  serve(file);
  const { parts } = await load();
  expect(bonesOf(parts[0])).toEqual(new Set([boneIndex.chest]));
});

it('finds the bones of a Mixamo rig by name', async () => {
  serve(await makeGlb({ manifest, joints: ['mixamorig:Spine', 'mixamorig:LeftArm'] }));
  const { parts, warnings } = await load();
  expect(bonesOf(parts[0])).toEqual(new Set([boneIndex.spine, boneIndex.leftUpperArm]));
  expect(warnings).toEqual([PREPARE_HINT]);
});

it('weights a garment without bones by the mannequin, and warns', async () => {
  serve(await makeGlb({ manifest, skinned: false }));
  const { parts, warnings } = await load();
  expect(bonesOf(parts[0])).toEqual(new Set([boneIndex.chest]));
  expect(warnings).toEqual([expect.stringMatching(/no bones/), PREPARE_HINT]);
}, 30_000);

it('guesses the manifest of a file without one, and warns', async () => {
  serve(await makeGlb());
  const { manifest: guessed, warnings } = await load();
  expect(guessed).toMatchObject({ kind: 'top', baseSize: 'M', sizes: { M: {}, L: {} } });
  expect(warnings).toEqual([expect.stringMatching(/guessed/), PREPARE_HINT]);
});

it('names the address that cannot be reached', async () => {
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

it("rejects with the signal's reason when aborted", async () => {
  serve(await makeGlb({ manifest }));
  await expect(load(AbortSignal.abort(new Error('never mind')))).rejects.toThrow('never mind');
});

const nanAt = (file: ArrayBuffer): ArrayBuffer =>
  // A weightless morph full of NaN would do no harm; a bind matrix of them sends every vertex nowhere.
  editGlb(file, (json) => {
    json.nodes.find((node: { name: string }) => node.name === 'rig').scale = [1e30, 1e30, 1e30];
    json.nodes.find((node: { name: string }) => node.name === 'chest').scale = [1e30, 1e30, 1e30];
  });
/** Overwrites the skin weights with zeros. Four zero bytes are zeros of any type. */
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
    'glTF 1',
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
    'a picture from another address',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.images = [{ uri: 'https://spy.example/pixel.png' }];
      }),
    /refers to further files/,
  ],
  [
    'a compression that cannot be read',
    async () =>
      editGlb(await makeGlb(), (json) => {
        json.extensionsRequired = ['NV_cloth_compression'];
      }),
    /requires NV_cloth_compression/,
  ],
  [
    'a prepared file that was compressed with Draco',
    async () =>
      editGlb(await makeGlb({ manifest }), (json) => {
        json.scenes[0].extras.garment.prepared = PREPARED_VERSION;
        json.extensionsRequired = ['KHR_draco_mesh_compression'];
      }),
    /compressed with Draco.*as it was prepared/,
  ],
  [
    'a million triangles',
    async () =>
      editGlb(await makeGlb(), (json) => {
        // Without data all values are 0.
        const indices = json.accessors[json.meshes[0].primitives[0].indices];
        indices.count = 3e6;
        delete indices.bufferView;
      }),
    /1000000 triangles, more than 150000/,
  ],
  [
    'an accessor of a billion elements',
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
    'a skeleton that is no person',
    () => makeGlb({ manifest, joints: ['Boom.001', 'Jib'] }),
    /Boom\.001, Jib.*no names that are known/,
  ],
  [
    'a manifest with an unknown kind',
    () => makeGlb({ manifest: { ...manifest, kind: 'hat' } }),
    /kind is "hat", not one of/,
  ],
  ['skin weights that are all zero', async () => weightless(await makeGlb({ manifest })), /all zero/],
  ['centimetres', () => makeGlb({ manifest, stretch: 100 }), /100 times too large: export in metres/],
  [
    'a scene that does not exist',
    async () =>
      editGlb(await makeGlb({ manifest }), (json) => {
        json.scene = 5;
      }),
    /scene refers to number 5/,
  ],
  ['coordinates that are not numbers', async () => nanAt(await makeGlb({ manifest })), /not numbers/],
];
for (const [what, make, reason] of broken) {
  it(`refuses ${what}, and says what is wrong`, async () => {
    serve(await make());
    await expect(load()).rejects.toMatchObject({ code: 'garment-invalid', message: expect.stringMatching(reason) });
  });
}

it('ignores broken animations, cameras and lights, which no garment shows', async () => {
  serve(
    editGlb(await makeGlb({ manifest }), (json) => {
      json.animations = [{ channels: [{ sampler: 9, target: { node: 99 } }], samplers: [] }];
      Object.assign(json.nodes[0], { camera: 4, extensions: { KHR_lights_punctual: { light: 7 } } });
    }),
  );
  await expect(load()).resolves.toMatchObject({ url: 'https://shop.example/tee.glb' });
});

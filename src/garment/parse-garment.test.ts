import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prepareGarment } from '../adopt/prepare-garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { loadGarment } from './load-garment.ts';
import { editGlb, type LooseJson, makeGlb } from './make-glb.test-helper.ts';
import { makeTube, makeTubeMannequin } from './make-tube.test-helper.ts';
import { PREPARE_ANEW } from './prepared-format.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
/** A prepared tube of cloth, one mesh, sizes M and L. */
let file: ArrayBuffer;
beforeAll(async () => {
  // GLTFLoader reads the global `self`.
  vi.stubGlobal('self', globalThis);
  const strange = new Uint8Array(await makeGlb({ manifest: { kind: 'top', sizes: { M: {}, L: {} } } }));
  const prepared = await prepareGarment(strange, mannequin, { compress: false });
  file = prepared.file.slice().buffer;
});
afterAll(() => vi.unstubAllGlobals());

/** Reads that file, changed, without a way to adopt it. */
function load(glb: ArrayBuffer, body: Mannequin = mannequin) {
  vi.stubGlobal('fetch', async () => new Response(glb));
  return loadGarment('tee.glb', { mannequin: body });
}
function edit(change: (json: LooseJson) => void): ArrayBuffer {
  return editGlb(file.slice(0), change);
}
function primitiveOf(json: LooseJson): LooseJson {
  return json.meshes[0].primitives[0];
}
function accessorOf(json: LooseJson, attribute: string): LooseJson {
  return json.accessors[primitiveOf(json).attributes[attribute]];
}
/** Overwrites the first number of an attribute. */
function overwrite(attribute: string, value: number): ArrayBuffer {
  const copy = file.slice(0);
  editGlb(copy, (json) => {
    const accessor = accessorOf(json, attribute);
    const view = json.bufferViews[accessor.bufferView];
    const binary = 28 + new DataView(copy).getUint32(12, true);
    new DataView(copy).setFloat32(binary + (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0), value, true);
  });
  return copy;
}
function shorten(attribute: string): ArrayBuffer {
  return edit((json) => {
    // A copy: accessors may be shared.
    const { attributes } = primitiveOf(json);
    attributes[attribute] = json.accessors.push({ ...accessorOf(json, attribute), count: 7 }) - 1;
  });
}
function withExtras(change: (garment: LooseJson) => void): ArrayBuffer {
  return edit((json) => change(json.scenes[0].extras.garment));
}

it('reads a prepared file as it is', async () => {
  const { parts, warnings } = await load(file);
  expect(parts).toHaveLength(1);
  expect(warnings).toEqual([]);
});

const broken: [string, () => ArrayBuffer, RegExp][] = [
  [
    'an attribute of the binding that is missing',
    () => edit((json) => delete primitiveOf(json).attributes._CLEARANCE),
    /not bound: it has no usable _CLEARANCE/,
  ],
  [
    'an accessor that does not exist',
    () => edit((json) => (primitiveOf(json).attributes._WELD = 99)),
    /refers to number 99 of the file's accessors/,
  ],
  ['a binding that is too short', () => shorten('_SKIN_VERTEX'), /no usable _SKIN_VERTEX/],
  [
    'anchors of the wrong kind',
    () => edit((json) => (primitiveOf(json).attributes._ANCHORS_1 = primitiveOf(json).attributes._WELD)),
    /no usable _ANCHORS_1/,
  ],
  [
    'skin weights that are too short',
    () => shorten('WEIGHTS_0'),
    /does not have 4 numbers of skinWeight for each vertex/,
  ],
  ['joints that are too short', () => shorten('JOINTS_0'), /does not have 4 numbers of skinIndex for each vertex/],
  ['normals that are too short', () => shorten('NORMAL'), /does not have 3 numbers of normal for each vertex/],
  [
    'a size that is too short',
    () =>
      edit((json) => {
        const [target] = primitiveOf(json).targets;
        target.POSITION = json.accessors.push({ ...json.accessors[target.POSITION], count: 7 }) - 1;
      }),
    /does not have 3 numbers of size:L for each vertex/,
  ],
  ['a clearance that is NaN', () => overwrite('_CLEARANCE', NaN), /values that are not numbers/],
  ['an anchor that is NaN', () => overwrite('_ANCHORS_0', NaN), /values that are not numbers/],
  ['a position that is NaN', () => overwrite('POSITION', NaN), /coordinates that are not numbers/],
  ['a skin weight that is NaN', () => overwrite('WEIGHTS_0', NaN), /coordinates that are not numbers/],
  [
    'a vertex bound to no vertex of the body',
    () => overwrite('_SKIN_VERTEX', 1e6),
    /bound to number 1000000 of at most/,
  ],
  ['a vertex bound to NaN', () => overwrite('_SKIN_VERTEX', NaN), /bound to number NaN of at most/],
  ['a weld number of a billion', () => overwrite('_WELD', 1e9), /bound to number 1000000000 of at most/],
  ['a negative weld number', () => overwrite('_WELD', -1), /bound to number -1 of at most/],
  [
    'a future version of the format',
    () => withExtras((garment) => (garment.prepared = 2)),
    /prepared in format 2, not 1/,
  ],
  [
    'a format that is no number',
    () => withExtras((garment) => (garment.prepared = 'yes')),
    /prepared in format "yes", not 1/,
  ],
  [
    'another number of body vertices',
    () => withExtras((garment) => (garment.bodyVertices += 1)),
    /prepared for another mannequin/,
  ],
  [
    'a missing body that it was made on',
    () => withExtras((garment) => delete garment.madeOn),
    /does not say which body/,
  ],
  [
    'a body of unknown shape',
    () => withExtras((garment) => (garment.madeOn = { tail: 1 })),
    /body of unknown shape \(tail\)/,
  ],
  [
    'a body whose shape is no number',
    () => withExtras((garment) => (garment.madeOn = { waist: 'wide' })),
    /body of unknown shape \(waist\)/,
  ],
  [
    'a mesh without a skin',
    () => edit((json) => json.nodes.forEach((node: LooseJson) => delete node.skin)),
    /has no skin/,
  ],
  [
    'a bone that the mannequin does not have',
    () => edit((json) => (json.nodes.find(({ name }: LooseJson) => name === 'chest').name = 'Boom')),
    /hangs on Boom, no bone/,
  ],
  [
    'joints out of the rest pose',
    () => edit((json) => (json.nodes.find(({ name }: LooseJson) => name === 'neck').translation[1] += 0.1)),
    /do not stand in the rest pose/,
  ],
  ['no triangles', () => edit((json) => delete primitiveOf(json).indices), /has no list of triangles/],
];

describe('a prepared file that is broken', () => {
  for (const [what, make, fault] of broken) {
    it(`is refused for ${what}, with what to do`, async () => {
      await expect(load(make())).rejects.toMatchObject({
        code: 'garment-invalid',
        message: expect.stringMatching(
          new RegExp(`^tee\\.glb: .*${fault.source}.*: (${PREPARE_ANEW}|export it again, and check it with)`),
        ),
      });
    });
  }

  it('is refused on a mannequin of another number of vertices', async () => {
    const other = makeTubeMannequin(makeTube(0.15, 0.7, 1.6, true));
    await expect(load(file, other)).rejects.toMatchObject({
      code: 'garment-invalid',
      message: `tee.glb: the garment was prepared for another mannequin: ${PREPARE_ANEW}`,
    });
    // Nor is it called prepared by what prepares files.
    await expect(prepareGarment(new Uint8Array(file), other)).rejects.toThrow(/prepared for another mannequin/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import { fitGarment } from '../garment/fit-garment.ts';
import type { Garment } from '../garment/garment.ts';
import { type LoadGarmentOptions, loadGarment, PREPARE_HINT } from '../garment/load-garment.ts';
import { type GlbOptions, makeGlb } from '../garment/make-glb.test-helper.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { prepareGarment } from './prepare-garment.ts';

const mannequin = await readCommittedMannequin();
const manifest = { kind: 'top', sizes: { M: { chest: 107 }, L: { chest: 117 } } };
const outfit = resolve(process.env.FITTING_DATA ?? '../shared/data', 'garments/female_elegantsuit01.glb');
// Binding cloth takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.unstubAllGlobals());

async function make(options?: GlbOptions): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await makeGlb(options));
}

function load(file: Uint8Array<ArrayBuffer>, adopt?: LoadGarmentOptions['adopt']): Promise<Garment> {
  // The loader of three.js asks for it when a garment is parsed.
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.stubGlobal('fetch', async () => new Response(file));
  return loadGarment('https://shop.example/garment.glb', { mannequin, adopt });
}

/** Largest distance, metres, between vertices of two garments that were fitted to the same body. */
function largestDifference(a: Garment, b: Garment, preset: string, size: string): number {
  const shape = shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin));
  const [one, two] = [a, b].map((garment) => fitGarment(garment, shape, size, createGarmentFit(garment)).positions);
  expect(two.map(({ length }) => length)).toEqual(one.map(({ length }) => length));
  return Math.max(...one.map((part, p) => part.reduce((most, x, i) => Math.max(most, Math.abs(x - two[p][i])), 0)));
}

/** Compression keeps every number, and rotates the corners of triangles, which rounds normals otherwise: 1 µm. */
const SAME_METRES = 1e-6;

const strange: [what: string, makeFile: () => Promise<Uint8Array<ArrayBuffer>>, isMissing?: boolean][] = [
  [
    "a Mixamo rig's tube in centimetres",
    () => make({ manifest, joints: ['mixamorig:Spine2', 'mixamorig:LeftArm'], unit: 0.01 }),
  ],
  ['a tube without bones or manifest', () => make({ skinned: false })],
  [
    'an outfit of another maker, for another body (skipped without FITTING_DATA),',
    async () => Uint8Array.from(readFileSync(outfit)),
    !existsSync(outfit),
  ],
];

for (const [what, makeFile, isMissing = false] of strange) {
  it.skipIf(isMissing)(`fits ${what} the same whether it was prepared or is adopted on the page`, async () => {
    const file = await makeFile();
    const adopted = await load(file, (bytes, body) => prepareGarment(bytes, body, { compress: false }));
    const prepared = await prepareGarment(file, mannequin);
    expect(prepared.warnings).toEqual(adopted.warnings.filter((warning) => warning !== PREPARE_HINT));
    const read = await load(prepared.file);
    expect(read.warnings).toEqual([]);
    expect(read.manifest).toEqual(adopted.manifest);
    expect(read.parts.map(({ name }) => name)).toEqual(adopted.parts.map(({ name }) => name));
    for (const preset of ['female-5', 'male-95']) {
      for (const size of Object.keys(read.manifest.sizes))
        expect(largestDifference(read, adopted, preset, size)).toBeLessThan(SAME_METRES);
    }
    // The comparison can fail: sizes and bodies differ.
    const shapes = ['female-5', 'male-95'].map((preset) =>
      shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin)),
    );
    const [slim, broad] = shapes.map((shape) => fitGarment(read, shape, 'M', createGarmentFit(read)).positions[0]);
    expect(Math.max(...slim.map((x, i) => Math.abs(x - broad[i])))).toBeGreaterThan(0.01);
  });
}

it('runs without a page: no document, no request', async () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  const { file } = await prepareGarment(await make({ manifest }), mannequin);
  expect(new DataView(file.buffer, file.byteOffset).getUint32(8, true)).toBe(file.byteLength);
  expect([typeof document, typeof self]).toEqual(['undefined', 'undefined']);
  expect(fetched).not.toHaveBeenCalled();
});

it('lets the page run while it prepares a file', async () => {
  const file = await make({ manifest });
  let timerCalls = 0;
  const timer = setInterval(() => timerCalls++, 0);
  await prepareGarment(file, mannequin, { compress: false });
  clearInterval(timer);
  expect(timerCalls).toBeGreaterThan(5);
});

it('prepares a file the same way each time, leaves its bytes alone, and a prepared file as it is', async () => {
  const file = await make({ manifest });
  const copy = file.slice();
  const once = await prepareGarment(file, mannequin);
  expect(file).toEqual(copy);
  expect((await prepareGarment(file, mannequin)).file).toEqual(once.file);
  const again = await prepareGarment(once.file, mannequin);
  expect(again.file).toBe(once.file);
  expect(again.warnings).toEqual([]);
});

it('makes the file smaller by compression, unless told not to compress', async () => {
  const file = await make({ manifest });
  const [small, large] = [
    await prepareGarment(file, mannequin),
    await prepareGarment(file, mannequin, { compress: false }),
  ];
  expect(small.file.byteLength).toBeLessThan(0.7 * large.file.byteLength);
});

it('warns of what it changed and guessed', async () => {
  const { warnings } = await prepareGarment(await make({ skinned: false, stretch: 100 }), mannequin);
  expect(warnings).toEqual([
    expect.stringMatching(/centimetres/),
    // A plain tube has no front.
    expect.stringMatching(/turned/),
    expect.stringMatching(/no bones/),
    expect.stringMatching(/guessed/),
  ]);
});

it('refuses a broken file with fault and remedy', async () => {
  const refused = prepareGarment(new TextEncoder().encode('<!doctype html><title>Not found</title>'), mannequin);
  await expect(refused).rejects.toMatchObject({
    code: 'garment-invalid',
    message: expect.stringMatching(/^the file is not a GLB.*web page.*: check that this address/),
  });
});

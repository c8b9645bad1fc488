import { expect, it, vi } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { placeUnskinned } from './place-unskinned.ts';
import type { FilePart } from './read-file-parts.ts';

const mannequin = await readCommittedMannequin();
// Cloth far from the body takes seconds to bind on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
function partOf(scale: number, shift: readonly [number, number, number] = [0, 0, 0]): FilePart {
  const tube = makeTube(0.2, 0.85, 1.4);
  const positions = tube.positions.map((value, i) => scale * (value + shift[i % 3]));
  return {
    name: 'tube',
    ...tube,
    positions,
    uvs: null,
    joints: null,
    skinWeights: new Float32Array((4 * positions.length) / 3),
    sizes: {},
  };
}
function heights(positions: Float32Array): [number, number] {
  const ys = positions.filter((_, i) => i % 3 === 1);
  return [Math.min(...ys), Math.max(...ys)];
}

it('leaves a garment where it is that lies on the mannequin', async () => {
  const warnings: string[] = [];
  const {
    parts: [part],
  } = await placeUnskinned([partOf(1)], mannequin, warnings);
  expect(part.positions).toEqual(partOf(1).positions);
  expect(warnings).toEqual([expect.stringMatching(/no bones/)]);
  // The top of the tube on the chest's bones, the bottom on the hips'.
  const bones = (i: number): number[] => Array.from(part.skinIndices.subarray(4 * i, 4 * i + 4));
  expect(bones(0)).toContain(boneIndex.hips);
  expect(bones(40 * 48)).toContain(boneIndex.upperChest);
});

it('scales a garment in centimetres, and warns', async () => {
  const warnings: string[] = [];
  const {
    parts: [part],
  } = await placeUnskinned([partOf(100)], mannequin, warnings);
  const inMetres = partOf(1).positions;
  const largestError = Math.max(...part.positions.map((value, i) => Math.abs(value - inMetres[i])));
  expect(largestError).toBeLessThan(5e-6);
  expect(warnings[0]).toMatch(/centimetres/);
});

it('hangs a garment on the body that stands on the floor, about the origin or beside the body', async () => {
  for (const shift of [
    [0, -0.85, 0],
    [0, -1.125, 0],
    [2, 0, 1],
  ] as const) {
    const warnings: string[] = [];
    const {
      parts: [part],
    } = await placeUnskinned([partOf(1, shift)], mannequin, warnings);
    expect(warnings).toContainEqual(expect.stringMatching(/stands by itself/));
    const [low, high] = heights(part.positions);
    expect(high - low).toBeCloseTo(0.55, 5);
    expect(low).toBeGreaterThan(0.3);
    expect(high).toBeLessThan(mannequin.joints[3 * boneIndex.neck + 1] + 0.1);
    expect(
      Math.abs(
        part.positions.filter((_, i) => i % 3 === 0).reduce((sum, x) => sum + x, 0) / (part.positions.length / 3),
      ),
    ).toBeLessThan(0.02);
  }
});

it("refuses meshes that have a garment's size in no unit", async () => {
  await expect(placeUnskinned([partOf(1e9)], mannequin, [])).rejects.toMatchObject({
    code: 'garment-invalid',
    message: expect.stringMatching(/export in metres/),
  });
});

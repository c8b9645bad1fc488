import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { computeOutwardFromLegs } from './compute-outward-from-legs.ts';

it("points away from the legs, with the length of the leg bones' skin weights, and is zero on the chest", () => {
  const positions = Float32Array.of(0, 0.9, 0.22, 0, 0.9, -0.18, 0.2, 0.9, 0.02, -0.2, 0.9, 0.02, 0, 1.3, 0.2);
  const indices = new Uint16Array(20);
  const weights = new Float32Array(20);
  for (let v = 0; v < 5; v++) {
    indices.set(
      v < 4 ? [boneIndex.hips, boneIndex.leftUpperLeg, boneIndex.spine, 0] : [boneIndex.chest, 0, 0, 0],
      4 * v,
    );
    weights.set(v < 4 ? [0.5, 0.25, 0.25, 0] : [1, 0, 0, 0], 4 * v);
  }
  const outward = computeOutwardFromLegs(positions, indices, weights);
  const expected = [0, 0, 0.75, 0, 0, -0.75, 0.75, 0, 0, -0.75, 0, 0, 0, 0, 0];
  expected.forEach((value, i) => expect(outward[i]).toBeCloseTo(value, 5));
});

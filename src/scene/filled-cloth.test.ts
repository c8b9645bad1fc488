import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { filledCloth } from './filled-cloth.ts';

it('tells outside from turned-in hem round the legs, and leaves the chest out', () => {
  // Front outside, front inside, back outside, back inside, chest.
  const positions = Float32Array.of(0, 0.9, 0.2, 0, 0.9, 0.19, 0, 0.9, -0.2, 0, 0.9, -0.19, 0, 1.3, 0.2);
  const normals = Float32Array.of(0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 1);
  const indices = new Uint16Array(20);
  const weights = new Float32Array(20);
  for (let v = 0; v < 5; v++) {
    indices.set(v < 4 ? [boneIndex.hips, boneIndex.leftUpperLeg, 0, 0] : [boneIndex.chest, 0, 0, 0], 4 * v);
    weights.set(v < 4 ? [0.75, 0.25, 0, 0] : [1, 0, 0, 0], 4 * v);
  }
  expect([...filledCloth(positions, normals, indices, weights)].map((value) => value + 0)).toEqual([1, -1, 1, -1, 0]);
});

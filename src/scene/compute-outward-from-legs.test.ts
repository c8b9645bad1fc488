import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { computeOutwardFromLegs } from './compute-outward-from-legs.ts';

it("points away from the legs, with the length of the leg bones' skin weights, and is zero on the chest", () => {
  const positions = Float32Array.of(0, 0.9, 0.22, 0, 0.9, -0.18, 0.2, 0.9, 0.02, -0.2, 0.9, 0.02, 0, 1.3, 0.2);
  const skinIndices = new Uint16Array(20);
  const skinWeights = new Float32Array(20);
  for (let v = 0; v < 5; v++) {
    skinIndices.set(
      v < 4 ? [boneIndex.hips, boneIndex.leftUpperLeg, boneIndex.spine, 0] : [boneIndex.chest, 0, 0, 0],
      4 * v,
    );
    skinWeights.set(v < 4 ? [0.5, 0.25, 0.25, 0] : [1, 0, 0, 0], 4 * v);
  }
  const outward = computeOutwardFromLegs({ positions, indices: Uint16Array.of(2, 0, 3), skinIndices, skinWeights });
  const expected = [0, 0, 0.75, 0, 0, -0.75, 0.75, 0, 0, -0.75, 0, 0, 0, 0, 0];
  expected.forEach((value, i) => expect(outward[i]).toBeCloseTo(value, 5));
});

it('points away from the middle of each leg below the crotch of trousers', () => {
  // Waist: left, right, front; then inner, outer, front and back side of each leg.
  const leg = (side: number): number[][] => [
    [0.02 * side, 0.4, 0],
    [0.18 * side, 0.4, 0],
    [0.1 * side, 0.4, 0.08],
    [0.1 * side, 0.4, -0.08],
  ];
  const vertices = [[0.2, 0.9, 0], [-0.2, 0.9, 0], [0, 0.8, 0.1], ...leg(1), ...leg(-1)];
  const skinWeights = Float32Array.from({ length: 4 * vertices.length }, (_, k) => (k % 4 === 0 ? 1 : 0));
  const outward = computeOutwardFromLegs({
    positions: Float32Array.from(vertices.flat()),
    indices: Uint16Array.of(0, 1, 2, 3, 4, 5, 7, 8, 9),
    skinIndices: new Uint16Array(4 * vertices.length).fill(boneIndex.leftUpperLeg),
    skinWeights,
  });
  const directionOf = (v: number): number[] => [...outward.subarray(3 * v, 3 * v + 3)].map((c) => Math.round(c) + 0);
  expect([3, 4, 5, 6].map(directionOf)).toEqual([
    [-1, 0, 0],
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, -1],
  ]);
  expect([7, 8].map(directionOf)).toEqual([
    [1, 0, 0],
    [-1, 0, 0],
  ]);
  expect(directionOf(0)).toEqual([1, 0, 0]);
});

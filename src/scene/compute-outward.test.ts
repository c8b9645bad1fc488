import { expect, it } from 'vitest';
import type { Garment } from '../garment/garment.ts';
import { computeOutward } from './compute-outward.ts';

/** Directions of three vertices with these normals, whose skin faces along +z; the third has no skin near it. */
function outwardOf(normals: readonly number[]): number[] {
  const binding = { skinVertices: Int32Array.of(0, 0, -1), weld: { welded: Uint32Array.of(0, 1, 2) }, firsts: [0] };
  const garment = { parts: [{ normals: Float32Array.from(normals) }], binding };
  return [...computeOutward(garment as unknown as Garment, 0, Float32Array.of(0, 0, 1))];
}

it('turns the normal of an inner layer, which points to the body', () => {
  expect(outwardOf([0, 0, 1, 0, 0, -1, 0, 0, -1])).toEqual([0, 0, 1, 0, 0, 1, 0, 0, -1]);
});

it('takes half of the direction from the skin, so that it knows front and back along the edge of a fold', () => {
  const [x, y, z, skirtX, skirtY, skirtZ] = outwardOf([0, 1, 0, 1, 0, 0, 0, 1, 0]);
  expect([x, y, z]).toEqual([0, expect.closeTo(Math.SQRT1_2, 5), expect.closeTo(Math.SQRT1_2, 5)]);
  expect([skirtX, skirtY, skirtZ]).toEqual([expect.closeTo(Math.SQRT1_2, 5), 0, expect.closeTo(Math.SQRT1_2, 5)]);
});

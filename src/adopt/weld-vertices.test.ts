import { expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { weldVertices } from './weld-vertices.ts';

it('joins a seam, so that every vertex of a tube has the neighbours it would have without', () => {
  const seamless = makeTube(0.2, 0, 1);
  const seamed = makeTube(0.2, 0, 1, true);
  const { welded, count, starts, neighbours } = weldVertices(seamed.positions, seamed.indices);
  expect(count).toBe(seamless.positions.length / 3);
  expect(welded[0]).toBe(welded[48]);
  // Inside the tube: left, right, below, above and two diagonals.
  const middle = welded[20 * 49];
  const around = [...neighbours.subarray(starts[middle], starts[middle + 1])].sort((a, b) => a - b);
  const at = (ring: number, column: number): number => welded[ring * 49 + column];
  expect(around).toEqual([at(19, 0), at(19, 1), at(20, 1), at(20, 47), at(21, 0), at(21, 47)].sort((a, b) => a - b));
});

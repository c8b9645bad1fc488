import { expect, it } from 'vitest';
import { runAtOnce } from '../math/sliced.ts';
import { findSeams } from './find-seams.ts';
import { measureRoute } from './measure-route.ts';

// Two squares of cloth with sides of 10 cm, side by side on the garment and turned and apart in the pattern: the side
// between vertices 1 and 2 of the first is sewn to that between 4 and 5 of the second.
const flat = Float64Array.of(0, 0, 0.1, 0, 0.1, 0.1, 0, 0.1, 1, 1, 1.1, 1, 1.1, 1.1, 1, 1.1);
const corners = [0, 1, 2, 0, 2, 3, 4, 6, 5, 4, 7, 6];
const welded = [0, 1, 2, 3, 1, 2, 6, 7];

it('finds the seam between two pieces, with the ends that belong together', () => {
  expect(runAtOnce(findSeams(corners, welded))).toEqual([{ first: [1, 2], second: [4, 5] }]);
});

it('measures a straight route in the pattern', () => {
  expect(measureRoute(flat, Int32Array.of(0, 2, -1, -1, -1, -1), 0)).toBeCloseTo(0.1 * Math.SQRT2, 12);
});

it('measures a route across a seam as if both pieces lay side by side', () => {
  // From the corner of the first square to the far corners of the second: level, and diagonally through the middle.
  expect(measureRoute(flat, Int32Array.of(0, 7, 1, 2, 4, 5), 0)).toBeCloseTo(0.2, 12);
  expect(measureRoute(flat, Int32Array.of(0, 6, 1, 2, 4, 5), 0)).toBeCloseTo(Math.hypot(0.2, 0.1), 12);
});

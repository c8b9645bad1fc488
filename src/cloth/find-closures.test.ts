import { describe, expect, it } from 'vitest';
import { runAtOnce } from '../math/sliced.ts';
import { findBorder } from './find-border.ts';
import { findClosures } from './find-closures.ts';
import { makeGrid } from './make-grid.test-helper.ts';

/** Two sheets of 5 × 5 squares of 3 cm; the second lies `gap` metres in front of the first's middle. */
function makeFlap(gap: number) {
  const [sheet, flap] = [makeGrid(5, 5, 0.03), makeGrid(2, 2, 0.03)];
  const moved = flap.positions.map((value, k) => (k % 3 === 2 ? gap : value + 0.04));
  return {
    triangles: Uint32Array.from([...sheet.triangles, ...flap.triangles.map((v) => v + 36)]),
    positions: Float32Array.from([...sheet.positions, ...moved]),
  };
}

describe('findClosures', () => {
  it('fastens each particle on the border of a flap to the nearest particle beneath it', () => {
    const { triangles, positions } = makeFlap(0.01);
    const closures = runAtOnce(findClosures(triangles, positions, null));
    // All of the flap's particles but its middle.
    expect(closures.map(({ a }) => a).sort()).toEqual([36, 37, 38, 39, 41, 42, 43, 44]);
    const distance = (a: number, b: number): number =>
      Math.hypot(...[0, 1, 2].map((k) => positions[3 * a + k] - positions[3 * b + k]));
    for (const { a, b, length } of closures) {
      expect(length).toBeLessThan(distance(a, b));
      for (let other = 0; other < 36; other++) expect(distance(a, other)).toBeGreaterThanOrEqual(distance(a, b));
    }
  });

  it('fastens neither cloth that is farther off, nor one garment of an outfit to another, nor a sheet to itself', () => {
    const far = makeFlap(0.03);
    expect(runAtOnce(findClosures(far.triangles, far.positions, null))).toEqual([]);
    const near = makeFlap(0.01);
    const layers = Uint8Array.from({ length: 45 }, (_, i) => (i < 36 ? 0 : 1));
    expect(runAtOnce(findClosures(near.triangles, near.positions, layers))).toEqual([]);
    const fine = makeGrid(5, 5, 0.012);
    expect(runAtOnce(findClosures(fine.triangles, Float32Array.from(fine.positions), null))).toEqual([]);
  });
});

it('findBorder returns the outermost particles of a sheet, and none of a closed surface', () => {
  const { triangles } = makeGrid(3, 3, 0.03);
  expect(findBorder(triangles).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 7, 8, 11, 12, 13, 14, 15]);
  expect(findBorder(Uint32Array.from([0, 1, 2, 0, 2, 3, 0, 3, 1, 1, 3, 2]))).toEqual([]);
});

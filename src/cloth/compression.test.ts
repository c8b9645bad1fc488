import { expect, it } from 'vitest';
import { FOLD_AXES, FOLD_STRIDE } from '../math/fold-axes.ts';
import { Compression } from './compression.ts';
import { makeGrid } from './make-grid.test-helper.ts';

/** A sheet in the plane z = 0. Its particle 12 is in the middle. */
const { triangles, positions } = makeGrid(4, 4, 0.03);

/** Returns the places to which `move(x, y)` moves each particle of the sheet, 4 × particles. */
function moved(move: (x: number, y: number) => [number, number, number]): Float64Array {
  const places = new Float64Array((4 * positions.length) / 3).fill(1);
  for (let i = 0; 3 * i < positions.length; i++) places.set(move(positions[3 * i], positions[3 * i + 1]), 4 * i);
  return places;
}

const still = moved((x, y) => [x, y, 0]);

/** Compression of the particle in the middle along the axes x + y, y + z, z + x, x − y, y − z and z − x. */
function measure(places: Float64Array, scale = 1): number[] {
  const compression = new Compression(triangles, positions);
  compression.measure(places, scale, Infinity);
  return [...compression.shares.subarray(12 * FOLD_STRIDE, 12 * FOLD_STRIDE + FOLD_AXES)];
}

it('is how much shorter cloth is along each axis in its plane', () => {
  const along = measure(moved((x, y) => [0.96 * x, y, 0]));
  const expected = [0.02, 0, 0.04, 0.02, 0, 0.04];
  for (let k = 0; k < FOLD_AXES; k++) expect(along[k], `axis ${k}`).toBeCloseTo(expected[k], 2);
});

it('is below zero where cloth is stretched', () => {
  for (const share of measure(moved((x, y) => [1.1 * x, 1.1 * y, 0]))) expect(share).toBeLessThan(-0.09);
});

it('does not change where cloth is only turned and bent, or shown in another scale', () => {
  const radius = 0.4;
  const bent = measure(
    moved((x, y) => [1.5 * y, 1.5 * radius * Math.sin(x / radius), 1.5 * radius * Math.cos(x / radius)]),
    1.5,
  );
  for (const share of bent) expect(share).toBeCloseTo(0, 3);
});

it('follows a change within a fraction of a second, and not at once', () => {
  const compression = new Compression(triangles, positions);
  compression.measure(still, 1, Infinity);
  const closed = moved((x, y) => [0.9 * x, y, 0]);
  const along = (): number => compression.shares[12 * FOLD_STRIDE + 2];
  compression.measure(closed, 1, 1 / 30);
  const first = along();
  for (let frame = 0; frame < 60; frame++) compression.measure(closed, 1, 1 / 30);
  expect(along()).toBeCloseTo(0.095, 3);
  expect(first).toBeGreaterThan(0.1 * along());
  expect(first).toBeLessThan(0.7 * along());
  const last = along();
  compression.measure(still, 1, 0);
  expect(along()).toBe(last);
});

it('counts from the lengths without tension, where these are not as modelled', () => {
  const restLengths = Array.from(triangles, (a, n) => {
    const b = triangles[n % 3 === 2 ? n - 2 : n + 1];
    return 0.9 * Math.hypot(...[0, 1, 2].map((k) => positions[3 * a + k] - positions[3 * b + k]));
  });
  const compression = new Compression(triangles, positions, { restLengths });
  compression.measure(still, 1, Infinity);
  // (1 − 1 / 0.81) / 2: taut by the squares of the lengths.
  expect(compression.shares[12 * FOLD_STRIDE + 2]).toBeCloseTo((1 - 1 / 0.81) / 2, 3);
});

it('gives numbers for a triangle without an area', () => {
  const compression = new Compression([0, 1, 2], [0, 0, 0, 1, 0, 0, 2, 0, 0]);
  compression.measure([0, 0, 0, 1, 1, 0, 0, 1, 1.5, 0, 0, 1], 1, Infinity);
  expect([...compression.shares]).toEqual(new Array(3 * FOLD_STRIDE).fill(0));
});

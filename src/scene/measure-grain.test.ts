import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { measureGrain } from './measure-grain.ts';

const SIZE = 32;

/** A picture of `value` (0..255) at x and y, with noise of the standard deviation `noise`, a share of white. */
function paint(value: (x: number, y: number) => number, noise: number, seed: number) {
  const random = createRandom(seed);
  const data = new Uint8ClampedArray(4 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const bell = Math.sqrt(6) * (random() + random() - 1);
    const grey = value(i % SIZE, Math.floor(i / SIZE)) + 255 * noise * bell;
    data.set([0, grey, 0, 255], 4 * i);
  }
  return { data, width: SIZE, height: SIZE };
}

it.each([0.01, 0.03, 0.08])('is the noise of a flat wall: %d, seed 1', (noise) => {
  const found = measureGrain(paint(() => 120, noise, 1));
  expect(Math.abs(found / noise - 1)).toBeLessThan(0.15);
});

it('is the noise of a shaded surface and across a straight edge, seed 2', () => {
  expect(measureGrain(paint((x, y) => 60 + 3 * x + 2 * y, 0.02, 2))).toBeCloseTo(0.02, 2);
  expect(measureGrain(paint((x) => (x < 16 ? 60 : 180), 0.02, 2))).toBeLessThan(0.03);
});

it('is 0 without noise', () => {
  expect(measureGrain(paint((x) => 100 + x, 0, 3))).toBe(0);
});

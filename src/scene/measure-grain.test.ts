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

const checks = (x: number, y: number): number => (((x >> 1) + (y >> 1)) % 2 === 0 ? 70 : 150);

it('is at most the noise where a pattern stays, which alone looks like noise, seeds 4 and 5', () => {
  const [before, now] = [4, 5].map((seed) => paint(checks, 0.02, seed));
  expect(measureGrain(now)).toBeGreaterThan(0.1);
  expect(Math.abs(measureGrain(now, before.data) / 0.02 - 1)).toBeLessThan(0.15);
});

it('tells nothing where something moves, seeds 6 and 7', () => {
  const arm = (edge: number) => (x: number) => (x < edge ? 60 : 180);
  expect(measureGrain(paint(arm(20), 0.02, 7), paint(arm(12), 0.02, 6).data)).toBeNaN();
});

it('tells nothing where nothing changes, as in a photo, and where all is clipped, seeds 8 and 9', () => {
  const still = paint(() => 120, 0.02, 8);
  expect(measureGrain(still, still.data)).toBeNaN();
  expect(measureGrain(paint(() => 270, 0.01, 9))).toBeNaN();
});

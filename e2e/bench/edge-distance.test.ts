import { expect, it } from 'vitest';
import { createRandom } from '../../src/math/create-random.ts';
import type { PersonMask } from '../../src/tracking/tracker.ts';
import { distancesTo, edgeDistance, outlineOf } from './edge-distance.ts';

/** A mask of `side` × `side` pixels, of those at which `isIn`. */
function maskOf(side: number, isIn: (x: number, y: number) => boolean): PersonMask {
  const data = new Uint8ClampedArray(side * side);
  for (let i = 0; i < data.length; i++) data[i] = isIn(i % side, Math.floor(i / side)) ? 255 : 0;
  return { width: side, height: side, data };
}

it('distancesTo finds the nearest of random pixels, as a search through all does (seed 3)', () => {
  const [width, height] = [23, 17];
  const random = createRandom(3);
  const pixels = Array.from({ length: 12 }, () => Math.floor(random() * width * height));
  const distances = distancesTo(pixels, width, height);
  for (let i = 0; i < width * height; i++) {
    const all = pixels.map((p) => Math.hypot((p % width) - (i % width), Math.floor(p / width) - Math.floor(i / width)));
    expect(distances[i]).toBeCloseTo(Math.min(...all), 9);
  }
});

it('outlineOf leaves the edge of the picture out', () => {
  expect(outlineOf(maskOf(4, (_, y) => y >= 2))).toEqual([8, 9, 10, 11]);
  expect(outlineOf(maskOf(4, () => true))).toEqual([]);
});

it('edgeDistance is 0 for the same mask, and the displacement for a displaced half plane', () => {
  const half = maskOf(40, (x) => x < 20);
  expect(edgeDistance(half, half)).toBe(0);
  expect(
    edgeDistance(
      maskOf(40, (x) => x < 27),
      half,
    ),
  ).toBe(7);
});

it('edgeDistance is the growth of a disc, in both directions', () => {
  const disc = (radius: number) => maskOf(120, (x, y) => Math.hypot(x - 60, y - 60) < radius);
  expect(edgeDistance(disc(45), disc(40))).toBeCloseTo(5, 0);
  expect(edgeDistance(disc(40), disc(45))).toBeCloseTo(5, 0);
});

it('edgeDistance is null without an outline', () => {
  const nothing = maskOf(8, () => false);
  expect(
    edgeDistance(
      nothing,
      maskOf(8, (x) => x < 4),
    ),
  ).toBe(null);
});

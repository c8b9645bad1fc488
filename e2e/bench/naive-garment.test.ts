import { expect, test } from 'vitest';
import { fitSimilarity } from './naive-garment.ts';

const from = [
  [0, 0],
  [2, 0],
  [2, 3],
  [0, 3],
] as const;

test('fitSimilarity finds the rotation, scale and translation between two sets of points', () => {
  const [scale, angle, x, y] = [40, 0.3, 200, -150];
  const to = from.map(
    ([u, v]) =>
      [
        scale * (Math.cos(angle) * u - Math.sin(angle) * v) + x,
        scale * (Math.sin(angle) * u + Math.cos(angle) * v) + y,
      ] as const,
  );
  const found = fitSimilarity(from, to);
  expect(found.scale).toBeCloseTo(scale, 9);
  expect(found.angle).toBeCloseTo(angle, 9);
  expect(found.x).toBeCloseTo(x, 9);
  expect(found.y).toBeCloseTo(y, 9);
});

test('fitSimilarity spreads what no similarity explains over all points: a wider top makes the whole larger', () => {
  const wide = [
    [0, 0],
    [2, 0],
    [2.5, 3],
    [-0.5, 3],
  ] as const;
  const { scale, angle } = fitSimilarity(from, wide);
  expect(angle).toBeCloseTo(0, 9);
  expect(scale).toBeCloseTo(1 + 1 / 13, 9);
});

import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { PointCells } from './point-cells.ts';

it('finds of 500 random points (seed 7) the nearest within reach and in the same group, as a look at all does', () => {
  const random = createRandom(7);
  const count = 1000;
  const positions = Float32Array.from({ length: 3 * count }, () => random() - 0.5);
  const groups = Uint8Array.from({ length: count }, (_, v) => v % 2);
  const cells = new PointCells(positions, groups, 0.08);
  for (let v = 0; v < count / 2; v++) cells.add(v);
  const distance = (v: number, other: number): number =>
    Math.hypot(...[0, 1, 2].map((k) => positions[3 * v + k] - positions[3 * other + k]));
  const found = Array.from({ length: count / 2 }, (_, i) => cells.findNearest(count / 2 + i));
  const expected = found.map((_, i) => {
    let nearest = -1;
    for (let v = 0; v < count / 2; v++) {
      if (groups[v] !== groups[count / 2 + i] || distance(v, count / 2 + i) >= 0.08) continue;
      if (nearest < 0 || distance(v, count / 2 + i) < distance(nearest, count / 2 + i)) nearest = v;
    }
    return nearest;
  });
  expect(found).toEqual(expected);
  expect(new Set(found.map((v) => v < 0)).size).toBe(2);
});

it('is done in a moment with 60,000 points of as many groups in one cell', () => {
  const count = 60_000;
  const positions = Float32Array.from({ length: 3 * count }, (_, k) => 1e-3 * Math.sin(k));
  const cells = new PointCells(
    positions,
    Uint32Array.from({ length: count }, (_, v) => v),
    0.005,
  );
  const before = process.cpuUsage().user;
  for (let v = 0; v < count; v++) {
    expect(cells.findNearest(v) < 0 || undefined).toBe(true);
    cells.add(v);
  }
  // 0.2 s; comparing each point with all others would take 10 s.
  expect(process.cpuUsage().user - before).toBeLessThan(3e6);
});

it('finds nothing at, or from, places that are no numbers', () => {
  const cells = new PointCells([NaN, 0, 0, 0, 0, 0, Infinity, 0, 0], [0, 0, 0], 0.1);
  for (let v = 0; v < 3; v++) cells.add(v);
  expect([cells.findNearest(0), cells.findNearest(1), cells.findNearest(2)]).toEqual([-1, 1, -1]);
});

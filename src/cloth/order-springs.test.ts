import { expect, it } from 'vitest';
import { connectSheet } from './connect-sheet.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';
import { orderSprings } from './order-springs.ts';

it('goes from the highest particle of each part outwards; neighbours seldom follow on each other', () => {
  // Two sheets; the second, lower one hangs beside the first.
  const grid = makeGrid(12, 12, 0.03);
  const count = grid.positions.length / 3;
  const positions = [...grid.positions, ...grid.positions.map((v, k) => v - (k % 3 === 1 ? 1 : 0))];
  const triangles = Uint32Array.from([...grid.triangles, ...grid.triangles.map((v) => v + count)]);
  const { springs } = connectSheet(makeGridSheet({ positions, triangles }));
  const order = orderSprings(springs, positions);
  expect(order.toSorted((s, t) => s - t)).toEqual([...springs.keys()]);
  for (const isFirst of [true, false]) {
    const solved = order.map((s) => springs[s]).filter(({ a }) => a < count === isFirst);
    // From the highest particle, in a corner, sides and diagonals lead down and to the right.
    const top = isFirst ? 0.36 : 0.36 - 1;
    const stepsTo = (i: number): number => Math.max(positions[3 * i], top - positions[3 * i + 1]) / 0.03;
    const steps = solved.map(({ a, b }) => Math.round(stepsTo(a) + stepsTo(b)));
    expect(steps).toEqual(steps.toSorted((p, q) => p - q));
  }
  const followers = order.slice(1).filter((s, n) => {
    const [p, q] = [springs[s], springs[order[n]]];
    return [p.a, p.b].some((i) => i === q.a || i === q.b);
  });
  expect(followers.length).toBeLessThan(0.2 * springs.length);
});

import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { connectSheet, type Spring } from './connect-sheet.ts';
import { GROUP_SIZE, groupSprings } from './group-springs.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';
import { orderSprings } from './order-springs.ts';

/** The numbers of the springs of each group. */
function groupsOf(springs: readonly Spring[], order: readonly number[]): number[][] {
  const places = [...groupSprings(springs, order)];
  return Array.from({ length: places.length / GROUP_SIZE }, (_, g) =>
    places.slice(GROUP_SIZE * g, GROUP_SIZE * (g + 1)).filter((s) => s >= 0),
  );
}

/** The numbers at the particle `i`, in the order in which they are solved. */
function solvedAt(i: number, springs: readonly Spring[], order: readonly number[]): number[] {
  return order.filter((s) => springs[s].a === i || springs[s].b === i);
}

const { positions, triangles } = makeGrid(20, 30, 0.03);
const { springs } = connectSheet(makeGridSheet({ positions, triangles }));

it('puts each spring of a sheet into one group, in which no particle occurs twice, and leaves few places empty', () => {
  const groups = groupsOf(springs, orderSprings(springs, positions));
  expect(groups.flat().toSorted((s, t) => s - t)).toEqual([...springs.keys()]);
  for (const group of groups)
    expect(new Set(group.flatMap((s) => [springs[s].a, springs[s].b])).size).toBe(2 * group.length);
  expect(groups.length).toBeLessThan((1.05 * springs.length) / GROUP_SIZE);
});

it('keeps the order of the springs at each particle, whatever it is (seed 3)', () => {
  const random = createRandom(3);
  const keys = springs.map(random);
  const order = [...springs.keys()].sort((s, t) => keys[s] - keys[t]);
  const solved = groupsOf(springs, order).flat();
  for (let i = 0; i < positions.length / 3; i++)
    expect(solvedAt(i, springs, solved)).toEqual(solvedAt(i, springs, order));
});

it('springs that all meet in one particle have a group each', () => {
  const fan = [1, 2, 3, 4, 5].map((b) => ({ a: 0, b, length: 1 }));
  expect(groupsOf(fan, [0, 1, 2, 3, 4])).toEqual([[0], [1], [2], [3], [4]]);
  expect(groupsOf([], [])).toEqual([]);
});

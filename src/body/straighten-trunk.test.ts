import { expect, it } from 'vitest';
import { straightenTrunk } from './straighten-trunk.ts';

/** Hips at the origin, shoulders `length` up in the picture and `depth` towards the viewer. */
function trunk(length: number, depth: number): Float64Array {
  const world = new Float64Array(3 * 33);
  for (const [shoulder, side] of [[11, 1], [12, -1]]) world.set([0.17 * side, length, depth], 3 * shoulder);
  for (const [hip, side] of [[23, 1], [24, -1]]) world.set([0.1 * side, 0, 0], 3 * hip);
  world.set([0.1, -0.4, 0.2], 3 * 25);
  return world;
}
const leanOf = (world: Float64Array): number => (Math.atan2(world[3 * 11 + 2], world[3 * 11 + 1]) * 180) / Math.PI;

it('sets a trunk upright that the model tips 12° forwards', () => {
  const world = trunk(0.5, 0.5 * Math.tan((12 * Math.PI) / 180));
  expect(straightenTrunk(world, 0.5)).toBeCloseTo(0.5);
  expect(Math.abs(leanOf(world))).toBeLessThan(2);
});

it('lets a trunk seen at its full length lean by no more than 8°, and one seen shorter as far as that shows', () => {
  const full = trunk(0.5, 0.4);
  straightenTrunk(full, 0.5);
  expect(leanOf(full)).toBeLessThan(8.1);
  const short = trunk(0.4, 0.4);
  straightenTrunk(short, 0.5);
  expect(leanOf(short)).toBeGreaterThan(30);
});

it('bows a trunk as far as its foreshortening shows where the model says too little', () => {
  const world = trunk(0.5 * Math.cos(Math.PI / 6), 0.1);
  straightenTrunk(world, 0.5);
  expect(leanOf(world)).toBeGreaterThan(24);
  expect(leanOf(world)).toBeLessThan(33);
});

it('leaves legs and the picture alone', () => {
  const world = trunk(0.5, 0.3);
  const before = world.slice();
  straightenTrunk(world, 0.5);
  expect([...world.subarray(75, 78)]).toEqual([...before.subarray(75, 78)]);
  world.forEach((value, i) => {
    if (i % 3 !== 2) expect(value).toBe(before[i]);
  });
});

it('leaves somebody alone who lies or hangs', () => {
  const world = trunk(-0.5, 0.3);
  const before = world.slice();
  straightenTrunk(world, 0.5);
  expect(world).toEqual(before);
});

import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { findNeighbours } from './find-neighbours.ts';

it('finds each neighbour once, in the order in which triangles name them, and no vertex as its own', () => {
  const { starts, neighbours } = findNeighbours([0, 1, 2, 2, 1, 3, 4, 4, 0], 6);
  const lists = Array.from({ length: 6 }, (_, v) => [...neighbours.subarray(starts[v], starts[v + 1])]);
  expect(lists).toEqual([[1, 2, 4], [2, 0, 3], [0, 1, 3], [2, 1], [0], []]);
});

it('finds what the triangles say, in a random mesh (seed 4)', () => {
  const random = createRandom(4);
  const indices = Array.from({ length: 600 }, () => Math.floor(40 * random()));
  const expected = Array.from({ length: 40 }, () => new Set<number>());
  indices.forEach((v, k) => {
    const t = k - (k % 3);
    for (const other of indices.slice(t, t + 3)) if (other !== v) expected[v].add(other);
  });
  const { starts, neighbours } = findNeighbours(indices, 40);
  for (let v = 0; v < 40; v++) expect(new Set(neighbours.subarray(starts[v], starts[v + 1]))).toEqual(expected[v]);
  expect(neighbours.length).toBe(expected.reduce((sum, { size }) => sum + size, 0));
});

it('is done with 100,000 triangles around one vertex in a moment', () => {
  const indices = Uint32Array.from({ length: 300_000 }, (_, k) => (k % 3 === 0 ? 0 : Math.floor(k / 3) + (k % 3)));
  const before = process.cpuUsage().user;
  findNeighbours(indices, 100_002);
  // 20 ms; the square of the number of triangles would take 5 s.
  expect(process.cpuUsage().user - before).toBeLessThan(1e6);
});

import { expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { createRandom } from '../math/create-random.ts';
import { weldVertices } from './weld-vertices.ts';

it('joins a seam, so that every vertex of a tube has the neighbours that it has without a seam', () => {
  const seamless = makeTube(0.2, 0, 1);
  const seamed = makeTube(0.2, 0, 1, true);
  const { welded, count, starts, neighbours } = weldVertices(seamed.positions, seamed.indices);
  expect(count).toBe(seamless.positions.length / 3);
  expect(welded[0]).toBe(welded[48]);
  // Inside the tube: left, right, below, above and two diagonals.
  const middle = welded[20 * 49];
  const around = [...neighbours.subarray(starts[middle], starts[middle + 1])].sort((a, b) => a - b);
  const weldedAt = (ring: number, column: number): number => welded[ring * 49 + column];
  expect(around).toEqual(
    [weldedAt(19, 0), weldedAt(19, 1), weldedAt(20, 1), weldedAt(20, 47), weldedAt(21, 0), weldedAt(21, 47)].sort(
      (a, b) => a - b,
    ),
  );
});

for (const seed of [1, 2]) {
  it(`numbers the cells of 0.1 mm that random vertices lie in, in their order (seed ${seed})`, () => {
    const random = createRandom(seed);
    // About 1,000 cells on both sides of the origin, so that most are met several times.
    const positions = Float32Array.from({ length: 3 * 5000 }, () => (random() - 0.5) * 1e-3);
    const numbers = new Map<string, number>();
    const expected = Array.from({ length: 5000 }, (_, i) => {
      const cell = Array.from(positions.subarray(3 * i, 3 * i + 3), (x) => Math.round(x / 1e-4) + 0).join(' ');
      if (!numbers.has(cell)) numbers.set(cell, numbers.size);
      return numbers.get(cell);
    });
    const { welded, count } = weldVertices(positions, new Uint16Array(0));
    expect(Array.from(welded)).toEqual(expected);
    expect(count).toBe(numbers.size);
  });
}

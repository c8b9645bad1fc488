import { expect, it } from 'vitest';
import { findRings } from './find-rings.ts';
import { makeGrid } from './make-grid.test-helper.ts';

it('finds the particles within one and within two edges, each once, without the particle itself', () => {
  // A strip of 5 squares, whose diagonals all run the same way: two rows of 6 particles.
  const { triangles } = makeGrid(5, 1, 0.03);
  const around = (i: number, edges: number): number[] => {
    const { starts, particles } = findRings(triangles, 12, edges);
    return [...particles.subarray(starts[i], starts[i + 1])].sort((a, b) => a - b);
  };
  const beside = Array.from({ length: 12 }, (_, i) => i).filter((i) => {
    for (let t = 0; t < triangles.length; t += 3) {
      const corners = [...triangles.slice(t, t + 3)];
      if (i !== 2 && corners.includes(i) && corners.includes(2)) return true;
    }
    return false;
  });
  expect(around(2, 1)).toEqual(beside);
  const two = new Set(beside.flatMap((i) => [i, ...around(i, 1)]));
  two.delete(2);
  expect(around(2, 2)).toEqual([...two].sort((a, b) => a - b));
});

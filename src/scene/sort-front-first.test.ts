import { expect, it } from 'vitest';
import { sortFrontFirst } from './sort-front-first.ts';

it('puts front before back triangles, keeps the order within each half, and leaves the input unchanged', () => {
  // Vertices 0..2 lie at the back and 3..5 in front; x and y are equal in each half.
  const positions = Float32Array.from({ length: 18 }, (_, i) => (i % 3 === 2 ? (i < 9 ? -0.1 : 0.1) : 0));
  const indices = Uint16Array.of(0, 1, 2, 3, 4, 5, 2, 1, 0, 5, 4, 3);
  expect([...sortFrontFirst(positions, indices)]).toEqual([3, 4, 5, 5, 4, 3, 0, 1, 2, 2, 1, 0]);
  expect([...indices]).toEqual([0, 1, 2, 3, 4, 5, 2, 1, 0, 5, 4, 3]);
});

import { expect, it } from 'vitest';
import { sortFrontFirst } from './sort-front-first.ts';

it('puts the front before the back, keeps the order within each, and does not change the input', () => {
  // Vertices 0..2 at the back, 3..5 in front; all the same in x and y.
  const positions = Float32Array.from({ length: 18 }, (_, i) => (i % 3 === 2 ? (i < 9 ? -0.1 : 0.1) : 0));
  const indices = Uint16Array.of(0, 1, 2, 3, 4, 5, 2, 1, 0, 5, 4, 3);
  expect([...sortFrontFirst(positions, indices)]).toEqual([3, 4, 5, 5, 4, 3, 0, 1, 2, 2, 1, 0]);
  expect([...indices]).toEqual([0, 1, 2, 3, 4, 5, 2, 1, 0, 5, 4, 3]);
});

import { expect, it } from 'vitest';
import { normalizeVectors } from './normalize-vectors.ts';

it('scales the first vectors to length 1, and leaves zero vectors and later vectors unchanged', () => {
  const vectors = Float32Array.of(0, 3, 4, 0, 0, 0, -2, 0, 0, 5, 5, 5);
  expect(normalizeVectors(vectors, 3)).toBe(vectors);
  const expected = [0, 0.6, 0.8, 0, 0, 0, -1, 0, 0, 5, 5, 5];
  expected.forEach((value, i) => expect(vectors[i]).toBeCloseTo(value, 6));
});

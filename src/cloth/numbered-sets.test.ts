import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { NumberedSets } from './numbered-sets.ts';

it('numbers 3,000 random sets of two or three vertices (seed 8) in the order of their first appearance', () => {
  const random = createRandom(8);
  const sets = new NumberedSets(3000);
  const known = new Map<string, number>();
  for (let i = 0; i < 3000; i++) {
    const vertices = Array.from({ length: 2 + (i % 2) }, () => Math.floor(30 * random()));
    const name = [...vertices].sort((a, b) => a - b).join();
    if (!known.has(name)) known.set(name, known.size);
    const [a, b, c] = vertices;
    expect(c === undefined ? sets.numberOf(a, b) : sets.numberOf(a, b, c)).toBe(known.get(name));
  }
  expect(sets.count).toBe(known.size);
});

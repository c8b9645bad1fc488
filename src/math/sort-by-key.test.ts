import { expect, it } from 'vitest';
import { createRandom } from './create-random.ts';
import { runAtOnce } from './sliced.ts';
import { sortByKey } from './sort-by-key.ts';

it('sorts 5,000 random numbers (seed 9) of all magnitudes, equal ones in their order', () => {
  const random = createRandom(9);
  const keys = Float64Array.from({ length: 6000 }, (_, i) =>
    i % 10 < 3 ? Math.floor(9 * random()) : 10 ** (80 * random() - 40),
  );
  const expected = Array.from({ length: 5000 }, (_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
  expect(Array.from(runAtOnce(sortByKey(keys, 5000)))).toEqual(expected);
});

it.each([
  ['no number', []],
  ['one number', [3]],
  ['equal numbers', [2, 2, 2]],
])('sorts %s', (_, keys) => {
  expect(Array.from(runAtOnce(sortByKey(Float64Array.from(keys), keys.length)))).toEqual([...keys.keys()]);
});

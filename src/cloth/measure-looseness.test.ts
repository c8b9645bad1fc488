import { expect, it } from 'vitest';
import { measureLooseness } from './measure-looseness.ts';

/** Returns the looseness of particles with these distances from the skin, metres, in these pieces. */
function loosenessOf(gaps: number[], pieces: number[]): number[] {
  const target = new Float64Array(gaps.length);
  measureLooseness(Float32Array.from(gaps), pieces, target);
  return [...target];
}

it('cloth is looser the further it is from the skin, and clings where it lies on it', () => {
  const [waist, middle, hem, free] = loosenessOf([-0.005, 0.1, 0.3, Infinity], [0, 0, 0, 0]);
  expect(waist).toBe(0);
  expect(middle).toBeGreaterThan(0);
  expect(middle).toBeLessThan(1);
  expect([hem, free]).toEqual([1, 1]);
});

it('a piece that is nowhere close to the skin clings where it is closest', () => {
  expect(loosenessOf([0, 0.25, 0.26, Infinity], [0, 1, 1, 3])).toEqual([0, 0, 0, 0]);
});

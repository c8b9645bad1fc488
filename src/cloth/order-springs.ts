import { runAtOnce } from '../math/sliced.ts';
import { sortByKey } from '../math/sort-by-key.ts';
import type { Spring } from './connect-sheet.ts';
import { SCATTERED, scatter } from './scatter.ts';

/**
 * Returns the numbers of springs in the order in which a pass solves them: from the highest particle of each connected
 * part of the sheet outwards, by number of springs from there, as a wave runs through it. So one pass carries a pull from where the
 * cloth hangs to its hem, and back. (Of a filmed skirt's springs the longest 1 % are 4 % too long with this order, 8 %
 * with no order; of a T-shirt's under raised arms 21 % instead of 25 %.)
 *
 * Springs of the same distance are scattered: neighbours, which share particles, follow on each other rarely, so that
 * `groupSprings` finds enough springs to solve at once.
 *
 * @param positions 3 × particles, metres; +y is up.
 */
export function orderSprings(springs: readonly Spring[], positions: ArrayLike<number>): number[] {
  const distances = measureDistances(springs, positions);
  const keys = new Float64Array(springs.length);
  for (let s = 0; s < springs.length; s++)
    keys[s] = (distances[springs[s].a] + distances[springs[s].b]) * SCATTERED + scatter(s);
  return Array.from(runAtOnce(sortByKey(keys, keys.length)));
}

/** Returns by particle the number of springs between it and the highest particle of its part. */
function measureDistances(springs: readonly Spring[], positions: ArrayLike<number>): Int32Array {
  const count = positions.length / 3;
  /** A list of the springs at each particle: by particle the first end of a spring there, by end the next; −1: none. */
  const firsts = new Int32Array(count).fill(-1);
  const nexts = new Int32Array(2 * springs.length);
  let highest = -Infinity;
  for (let i = 0; i < count; i++) highest = Math.max(highest, positions[3 * i + 1]);
  const depths = Float64Array.from({ length: count }, (_, i) => highest - positions[3 * i + 1]);
  for (let end = 0; end < nexts.length; end++) {
    const i = end % 2 === 0 ? springs[end / 2].a : springs[(end - 1) / 2].b;
    nexts[end] = firsts[i];
    firsts[i] = end;
  }
  const distances = new Int32Array(count).fill(-1);
  const reached = new Int32Array(count);
  for (const top of runAtOnce(sortByKey(depths, count))) {
    if (distances[top] >= 0) continue;
    distances[top] = 0;
    reached[0] = top;
    for (let n = 0, reachedCount = 1; n < reachedCount; n++)
      for (let end = firsts[reached[n]]; end >= 0; end = nexts[end]) {
        const next = end % 2 === 0 ? springs[end / 2].b : springs[(end - 1) / 2].a;
        if (distances[next] >= 0) continue;
        distances[next] = distances[reached[n]] + 1;
        reached[reachedCount++] = next;
      }
  }
  return distances;
}

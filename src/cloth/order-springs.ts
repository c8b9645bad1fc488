import type { Spring } from './connect-sheet.ts';
import { scatter } from './scatter.ts';

/**
 * Returns the numbers of springs in the order in which a pass solves them: from the highest particle of each connected part of the
 * sheet outwards, by number of springs from there, as a wave runs through it. So one pass carries a pull from where the
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
  const near = springs.map(({ a, b }) => distances[a] + distances[b]);
  const scattered = springs.map((_, s) => scatter(s));
  return Array.from(springs.keys()).sort((s, t) => near[s] - near[t] || scattered[s] - scattered[t]);
}

/** Returns by particle the number of springs between it and the highest particle of its part. */
function measureDistances(springs: readonly Spring[], positions: ArrayLike<number>): Int32Array {
  const count = positions.length / 3;
  const around: number[][] = Array.from({ length: count }, () => []);
  for (const { a, b } of springs) {
    around[a].push(b);
    around[b].push(a);
  }
  const distances = new Int32Array(count).fill(-1);
  const byHeight = Array.from({ length: count }, (_, i) => i).sort(
    (i, j) => positions[3 * j + 1] - positions[3 * i + 1],
  );
  for (const highest of byHeight) {
    if (distances[highest] >= 0) continue;
    distances[highest] = 0;
    const reached = [highest];
    for (const i of reached)
      for (const next of around[i]) {
        if (distances[next] >= 0) continue;
        distances[next] = distances[i] + 1;
        reached.push(next);
      }
  }
  return distances;
}

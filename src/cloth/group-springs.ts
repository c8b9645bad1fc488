import type { Spring } from './connect-sheet.ts';

/** Number of springs in a group. */
export const GROUP_SIZE = 4;

/**
 * Puts springs into groups of four that have no particle in common, so that the four can be solved at once. Solving the
 * groups one after the other, forwards or backwards, gives the same as solving the springs in `order`: of two springs
 * with a particle in common the first is in an earlier group.
 *
 * A spring is ready once the springs before it at both of its particles are in groups. Ready springs have no particle in
 * common. Each group takes those that have been ready longest: so a group rarely needs the result of the group before
 * it, for which the processor would have to wait.
 *
 * @param order the numbers of the springs (`orderSprings`).
 * @returns For each place of the groups the number of the spring, −1 where a group has fewer than four.
 */
export function groupSprings(springs: readonly Spring[], order: ArrayLike<number>): Int32Array {
  const { starts, at } = listByParticle(springs, order);
  /** By particle: index in `at` of the first of its springs that is in no group yet. */
  const firsts = starts.slice();
  const isFirstAt = (s: number, i: number): boolean => firsts[i] < starts[i + 1] && at[firsts[i]] === s;
  const isReady = (s: number): boolean => isFirstAt(s, springs[s].a) && isFirstAt(s, springs[s].b);
  /** The springs in the order in which they become ready: all of them in the end. */
  const ready = new Int32Array(springs.length);
  const wasReady = new Uint8Array(springs.length);
  let readyCount = 0;
  const addIfReady = (s: number): void => {
    if (wasReady[s] === 1 || !isReady(s)) return;
    wasReady[s] = 1;
    ready[readyCount++] = s;
  };
  for (let n = 0; n < order.length; n++) addIfReady(order[n]);

  const places = new Int32Array(GROUP_SIZE * springs.length).fill(-1);
  let placeCount = 0;
  for (let first = 0; first < readyCount; ) {
    const end = Math.min(first + GROUP_SIZE, readyCount);
    for (let n = first; n < end; n++) {
      const { a, b } = springs[ready[n]];
      places[placeCount + n - first] = ready[n];
      firsts[a]++;
      if (b !== a) firsts[b]++;
    }
    placeCount += GROUP_SIZE;
    // An incomplete group is the last of a wave: the next one begins with what it has made ready.
    for (; first < end; first++) {
      const { a, b } = springs[ready[first]];
      if (firsts[a] < starts[a + 1]) addIfReady(at[firsts[a]]);
      if (b !== a && firsts[b] < starts[b + 1]) addIfReady(at[firsts[b]]);
    }
  }
  return places.slice(0, placeCount);
}

/** Lists the springs at each particle `i`, in `order`: `at[starts[i]]` to, but without, `at[starts[i + 1]]`. */
function listByParticle(
  springs: readonly Spring[],
  order: ArrayLike<number>,
): { starts: Uint32Array; at: Uint32Array } {
  let count = 0;
  for (const { a, b } of springs) count = Math.max(count, a + 1, b + 1);
  const starts = new Uint32Array(count + 1);
  for (const { a, b } of springs) {
    starts[a + 1]++;
    if (b !== a) starts[b + 1]++;
  }
  for (let i = 0; i < count; i++) starts[i + 1] += starts[i];
  const at = new Uint32Array(starts[count]);
  const ends = starts.slice();
  for (let n = 0; n < order.length; n++) {
    const { a, b } = springs[order[n]];
    at[ends[a]++] = order[n];
    if (b !== a) at[ends[b]++] = order[n];
  }
  return { starts, at };
}

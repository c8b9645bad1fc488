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
export function groupSprings(springs: readonly Spring[], order: readonly number[]): Int32Array {
  /** By particle: its springs in their order. */
  const springsAt = new Map<number, number[]>();
  for (const s of order)
    for (const i of endsOf(springs[s])) {
      const there = springsAt.get(i);
      if (there) there.push(s);
      else springsAt.set(i, [s]);
    }
  /** By particle: how many of its springs are in groups. */
  const doneAt = new Map<number, number>();
  const firstAt = (i: number): number => springsAt.get(i)![doneAt.get(i) ?? 0];
  const isReady = (s: number): boolean => endsOf(springs[s]).every((i) => firstAt(i) === s);
  const ready = order.filter(isReady);
  const places: number[] = [];
  for (let first = 0; first < ready.length; first += GROUP_SIZE) {
    const group = ready.slice(first, first + GROUP_SIZE);
    const freed = group.flatMap((s) => endsOf(springs[s]));
    for (const i of freed) doneAt.set(i, (doneAt.get(i) ?? 0) + 1);
    for (const s of new Set(freed.map(firstAt))) if (s !== undefined && isReady(s)) ready.push(s);
    // The last group of a wave may be incomplete: the next begins with what it has made ready.
    if (group.length < GROUP_SIZE) first -= GROUP_SIZE - group.length;
    for (let k = 0; k < GROUP_SIZE; k++) places.push(group[k] ?? -1);
  }
  return Int32Array.from(places);
}

/** The particles at the ends of a spring, each once. */
function endsOf({ a, b }: Spring): number[] {
  return a === b ? [a] : [a, b];
}

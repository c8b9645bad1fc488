import { classNames } from './class-names.ts';

/**
 * Returns a smaller map of classes: each of its pixels has the most frequent class of the pixels whose middles lie in it.
 *
 * @param classes numbers of `classNames`, `width` × `height`, rows from the top.
 * @returns `columns` × `rows` numbers of `classNames`.
 */
export function shrinkByMajority(
  classes: Uint8Array,
  { width, height }: { width: number; height: number },
  columns: number,
  rows: number,
): Uint8Array {
  const counts = new Uint32Array(classNames.length * columns * rows);
  for (let i = 0; i < classes.length; i++) {
    const column = Math.floor((((i % width) + 0.5) * columns) / width);
    const row = Math.floor(((Math.floor(i / width) + 0.5) * rows) / height);
    counts[classNames.length * (row * columns + column) + classes[i]]++;
  }
  return Uint8Array.from({ length: columns * rows }, (_, cell) => {
    const votes = counts.subarray(classNames.length * cell, classNames.length * (cell + 1));
    return votes.indexOf(Math.max(...votes));
  });
}

import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { NumberedSets } from './numbered-sets.ts';

/** A seam: the ends of a triangle's side on one island of the texture, and the same two on another or the same one. */
export interface Seam {
  first: readonly [number, number];
  second: readonly [number, number];
}

/**
 * Finds the seams of a garment: sides of triangles that lie on each other on the garment but not in the texture.
 *
 * @param corners 3 × triangles: vertices.
 * @param welded by vertex: a number that it shares with all vertices at its place on the garment.
 */
export function* findSeams(corners: ArrayLike<number>, welded: ArrayLike<number>): Sliced<Seam[]> {
  const sides = new NumberedSets(corners.length);
  /** By side: its ends in the first triangle that has it. */
  const known: (readonly [number, number])[] = [];
  const seams: Seam[] = [];
  yield* forEachIndex(corners.length, (k) => {
    const [a, b] = [corners[k], corners[k % 3 === 2 ? k - 2 : k + 1]];
    const ends = welded[a] < welded[b] ? ([a, b] as const) : ([b, a] as const);
    const side = sides.numberOf(welded[a], welded[b]);
    if (side === known.length) known.push(ends);
    else if (known[side][0] !== ends[0] && known[side][1] !== ends[1]) seams.push({ first: known[side], second: ends });
  });
  return seams;
}

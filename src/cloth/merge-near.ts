import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { PointCells } from './point-cells.ts';

/**
 * Returns for each vertex the nearest of the vertices before it within `reach` metres and in the same piece; itself where
 * there is none.
 *
 * @param positions 3 × vertices, metres.
 * @param pieces by vertex: number of its piece.
 */
export function* mergeNear(
  positions: ArrayLike<number>,
  pieces: ArrayLike<number>,
  reach: number,
): Sliced<Uint32Array> {
  const merged = new Uint32Array(positions.length / 3);
  const kept = new PointCells(positions, pieces, reach);
  yield* forEachIndex(merged.length, (v) => {
    const nearest = kept.findNearest(v);
    merged[v] = nearest < 0 ? v : nearest;
    if (nearest < 0) kept.add(v);
  });
  return merged;
}

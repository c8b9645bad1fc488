import { armRegions, isBoneIn, legRegions } from '../mannequin/regions.ts';

const isLimb = isBoneIn([...armRegions, ...legRegions]);

/**
 * Returns for each particle the share (0..1) by which bones of arms and legs move it: 1 in a sleeve or a trouser leg, 0
 * on the trunk.
 *
 * @param vertices by particle: its welded vertex.
 * @param skinIndices bones, and `skinWeights` their shares: 4 × welded vertices.
 */
export function findLimbShares(
  vertices: ArrayLike<number>,
  skinIndices: ArrayLike<number>,
  skinWeights: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(vertices, (w) => {
    let share = 0;
    for (let k = 4 * w; k < 4 * w + 4; k++) if (isLimb[skinIndices[k]]) share += skinWeights[k];
    return share;
  });
}

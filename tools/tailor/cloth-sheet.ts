import type { ClothSheet } from '../../src/cloth/connect-sheet.ts';
import { pieceNames, type SewnTee } from './sew-tee.ts';
import type { TeeSize } from './tee-measures.ts';

/**
 * Lengths of the rib's edges `sewn` and `free` as multiples of the neckline: the rib is cut shorter and is stretched
 * when it is sewn on, so that it presses against the neck.
 */
const RIB_SEWN_LENGTH = 0.96;
const RIB_FREE_LENGTH = 0.82;
/** Bending stiffness as a multiple of single jersey's: the rib is two layers of a heavier knit, a hem two layers. */
const RIB_STIFFNESS = 12;
const HEM_STIFFNESS = 4;

/**
 * Returns one size of the shirt as input of the cloth simulation: triangles between particles, with rest lengths from
 * the flat pattern, metres.
 *
 * @param tee pattern pieces as meshes, their seams, and the particles that these make of the vertices.
 * @param isSewn all seams are closed, and vertices that a seam joins are one particle (`tee.particleOf`); otherwise the
 * pieces are separate and each vertex is a particle.
 * @param size one of the sizes that `tee.pattern` has.
 */
export function clothSheet(tee: SewnTee, size: TeeSize, isSewn: boolean): ClothSheet & { twins: Int32Array } {
  const pattern = tee.pattern[size];
  const rib = pieceNames.indexOf('rib');
  // The rib's x runs along the neckline, its y from the neckline (0) to the free edge, where its last vertex is.
  const ribWidth = pattern[2 * (tee.pieceStarts[rib + 1] - 1) + 1];
  const restLengths = new Float64Array(tee.triangles.length);
  const stiffness = new Float64Array(tee.triangles.length / 3);
  for (let t = 0; t < tee.triangles.length; t += 3) {
    const inRib = tee.pieceOf[tee.triangles[t]] === rib;
    stiffness[t / 3] = inRib ? RIB_STIFFNESS : tee.isHemTriangle[t / 3] ? HEM_STIFFNESS : 1;
    for (let k = 0; k < 3; k++) {
      const a = 2 * tee.triangles[t + k];
      const b = 2 * tee.triangles[t + ((k + 1) % 3)];
      const height = (pattern[a + 1] + pattern[b + 1]) / 2 / ribWidth;
      const shrinking = inRib ? RIB_SEWN_LENGTH + (RIB_FREE_LENGTH - RIB_SEWN_LENGTH) * height : 1;
      restLengths[t + k] = Math.hypot((pattern[b] - pattern[a]) * shrinking, pattern[b + 1] - pattern[a + 1]);
    }
  }
  return {
    twins: isSewn ? particleTwins(tee) : tee.twins,
    particleCount: isSewn ? tee.particleCount : tee.pieceOf.length,
    triangles: isSewn ? tee.triangles.map((vertex) => tee.particleOf[vertex]) : tee.triangles,
    restLengths,
    stiffness,
  };
}

/** Returns for each particle its mirror image across the wearer's middle, itself on the middle; −1 for none. */
function particleTwins(tee: SewnTee): Int32Array {
  const twins = new Int32Array(tee.particleCount).fill(-1);
  tee.twins.forEach((twin, i) => {
    if (twin >= 0) twins[tee.particleOf[i]] = tee.particleOf[twin];
  });
  return twins;
}

import type { ClothSheet } from './connect-sheet.ts';
import { pieceNames, type SewnTee } from './sew-tee.ts';
import type { TeeSize } from './tee-measures.ts';

/**
 * Length of the rib's sewn edge and free edge, as multiples of the neck opening: the rib is cut shorter and stretched
 * on, so that it lies against the neck.
 */
const RIB_SEWN_LENGTH = 0.96;
const RIB_FREE_LENGTH = 0.82;
/** Bending stiffness relative to single jersey: two layers of a heavier knit, and two layers stitched together. */
const RIB_STIFFNESS = 12;
const HEM_STIFFNESS = 4;

/**
 * The sheet of one size for the simulation, with lengths in metres as cut. `isSewn`: particles are those of the closed
 * seams; otherwise each vertex of the pieces is a particle.
 */
export function clothSheet(tee: SewnTee, size: TeeSize, isSewn: boolean): ClothSheet {
  const pattern = tee.pattern[size];
  const rib = pieceNames.indexOf('rib');
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

function particleTwins(tee: SewnTee): Int32Array {
  const twins = new Int32Array(tee.particleCount).fill(-1);
  tee.twins.forEach((twin, i) => {
    if (twin >= 0) twins[tee.particleOf[i]] = tee.particleOf[twin];
  });
  return twins;
}

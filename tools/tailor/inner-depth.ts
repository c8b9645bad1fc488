import { pieceNames, type SewnTee } from './sew-tee.ts';

/** From the draped sheet to the inside of a hem, metres: half of jersey folded double. */
export const HEM_INSET_METRES = 0.0013;
/** From the draped sheet to the inside of the rib, metres: rib knit folded double, of which the rest lies outside. */
export const RIB_INSET_METRES = 0.0014;

/**
 * For each particle: how far inside the draped sheet the finished shirt reaches there, metres; 0 for a single layer.
 */
export function innerDepth(tee: SewnTee): Float64Array {
  const depths = new Float64Array(tee.particleCount);
  const rib = pieceNames.indexOf('rib');
  for (let t = 0; t < tee.triangles.length; t++) {
    const vertex = tee.triangles[t];
    const inHem = tee.isHemTriangle[Math.floor(t / 3)];
    const inset = tee.pieceOf[vertex] === rib ? RIB_INSET_METRES : inHem ? HEM_INSET_METRES : 0;
    depths[tee.particleOf[vertex]] = Math.max(depths[tee.particleOf[vertex]], inset);
  }
  return depths;
}

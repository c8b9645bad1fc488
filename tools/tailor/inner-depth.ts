import { pieceNames, type SewnTee } from './sew-tee.ts';

/** Distance from the draped sheet to the inside of a hem, metres: half the thickness of jersey folded double. */
export const HEM_INSET_METRES = 0.0013;
/** Distance from the draped sheet to the inside of the rib, metres: part of the thickness of rib knit folded double. */
export const RIB_INSET_METRES = 0.0014;

/**
 * Returns for each particle the distance from the draped sheet inwards to the finished shirt's inside, metres: above 0
 * in hems and rib, 0 where the shirt is a single layer.
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

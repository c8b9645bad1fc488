import { pieceNames, type SewnTee } from './sew-tee.ts';

/** Distance from the draped sheet to the inside of a hem, metres: half the thickness of jersey folded double. */
export const HEM_INSET_METRES = 0.0013;
/** Distance from the draped sheet to the inside of the rib, metres: part of the thickness of rib knit folded double. */
export const RIB_INSET_METRES = 0.0014;

/**
 * Returns for each particle (a point of the sewn shirt, `tee`) the distance from the draped sheet (a single layer of
 * cloth) inwards to the finished shirt's inside, metres: above 0 in hems and rib, else 0.
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

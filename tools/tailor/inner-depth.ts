import type { SewnGarment } from './sew-pattern.ts';

/** Distance from the draped sheet to the inside of a hem, metres: half the thickness of jersey folded double. */
export const HEM_INSET_METRES = 0.0013;
/** Distance from the draped sheet to the inside of a band, metres: part of the thickness of rib knit folded double. */
export const BAND_INSET_METRES = 0.0014;

/**
 * Returns for each particle (a point of the sewn garment, `sewn`) the distance from the draped sheet (a single layer of
 * cloth) inwards to the finished garment's inside, metres: above 0 in hems and bands, else 0.
 */
export function innerDepth(sewn: SewnGarment): Float64Array {
  const depths = new Float64Array(sewn.particleCount);
  for (let t = 0; t < sewn.triangles.length; t++) {
    const vertex = sewn.triangles[t];
    const inHem = sewn.isHemTriangle[Math.floor(t / 3)];
    const inset = sewn.pieceOf[vertex] >= sewn.firstBand ? BAND_INSET_METRES : inHem ? HEM_INSET_METRES : 0;
    depths[sewn.particleOf[vertex]] = Math.max(depths[sewn.particleOf[vertex]], inset);
  }
  return depths;
}

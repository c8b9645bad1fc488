import type { ClothSheet } from '../../src/cloth/connect-sheet.ts';
import type { SewnGarment } from './sew-pattern.ts';

/** Bending stiffness of a hem as a multiple of the fabric's: it is two layers. */
const HEM_STIFFNESS = 4;

/**
 * Returns one size of a garment as input of the cloth simulation: triangles between particles, with rest lengths from
 * the flat pattern, metres.
 *
 * @param sewn pattern pieces as meshes, their seams, and the particles that these make of the vertices.
 * @param isSewn all seams are closed, and vertices that a seam joins are one particle (`sewn.particleOf`); otherwise
 * the pieces are separate and each vertex is a particle.
 * @param size one of the sizes that `sewn.flat` has.
 */
export function clothSheet(sewn: SewnGarment, size: string, isSewn: boolean): ClothSheet & { twins: Int32Array } {
  const flat = sewn.flat[size];
  const { pattern, firstBand, pieceOf, triangles } = sewn;
  const restLengths = new Float64Array(triangles.length);
  const stiffness = new Float64Array(triangles.length / 3);
  for (let t = 0; t < triangles.length; t += 3) {
    const piece = pieceOf[triangles[t]];
    const band = piece >= firstBand ? pattern.bands[piece - firstBand] : null;
    stiffness[t / 3] = band ? band.stiffness : sewn.isHemTriangle[t / 3] ? HEM_STIFFNESS : 1;
    // A band's x runs along its seam, its y from the seam (0) to the free edge, where its last vertex is.
    const width = band ? flat[2 * (sewn.pieceStarts[piece + 1] - 1) + 1] : 1;
    for (let k = 0; k < 3; k++) {
      const a = 2 * triangles[t + k];
      const b = 2 * triangles[t + ((k + 1) % 3)];
      const height = (flat[a + 1] + flat[b + 1]) / 2 / width;
      const shrinking = band ? band.sewnLength + (band.freeLength - band.sewnLength) * height : 1;
      restLengths[t + k] = Math.hypot((flat[b] - flat[a]) * shrinking, flat[b + 1] - flat[a + 1]);
    }
  }
  return {
    twins: isSewn ? particleTwins(sewn) : sewn.twins,
    particleCount: isSewn ? sewn.particleCount : pieceOf.length,
    triangles: isSewn ? triangles.map((vertex) => sewn.particleOf[vertex]) : triangles,
    restLengths,
    stiffness,
  };
}

/** Returns for each particle its mirror image across the wearer's middle, itself on the middle; −1 for none. */
function particleTwins({ particleCount, particleOf, twins: twinOf }: SewnGarment): Int32Array {
  const twins = new Int32Array(particleCount).fill(-1);
  twinOf.forEach((twin, i) => {
    if (twin >= 0) twins[particleOf[i]] = particleOf[twin];
  });
  return twins;
}

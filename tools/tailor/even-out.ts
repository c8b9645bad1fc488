import type { SewnGarment } from './sew-pattern.ts';
import type { SheetMesh } from './sheet-mesh.ts';
import { surfaceNormals } from './surface-normals.ts';

/** Times that all particles move. */
const PASSES = 12;
/** Share of the way to its place that a particle moves in one pass. */
const STEP = 0.7;

/**
 * Slides the particles of a draped sheet within its surface, so that grain and print run straight: each to the place
 * among its neighbours that it has in the flat pattern. Particles in `fixed` (those on seams) and on free edges stay.
 * `sewn`: pattern pieces, their seams, and the particles (points of the sewn garment). `sheet`: their draped positions,
 * 3 × particles, metres. Returns new positions.
 */
export function evenOut(
  sewn: SewnGarment,
  sheet: Float64Array,
  fixed: ReadonlySet<number>,
  { triangles, freeParticles }: SheetMesh,
): Float64Array {
  const weights = patternWeights(sewn);
  let positions = sheet;
  for (let pass = 0; pass < PASSES; pass++) {
    const next = positions.slice();
    const normals = surfaceNormals(positions, triangles);
    for (let i = 0; i < sewn.particleCount; i++) {
      if (fixed.has(i) || freeParticles.has(i)) continue;
      const move = [0, 0, 0];
      let total = 0;
      for (const [j, weight] of weights[i]) {
        total += weight;
        for (let k = 0; k < 3; k++) move[k] += weight * (positions[3 * j + k] - positions[3 * i + k]);
      }
      let height = 0;
      for (let k = 0; k < 3; k++) height += (move[k] / total) * normals[3 * i + k];
      for (let k = 0; k < 3; k++) next[3 * i + k] += STEP * (move[k] / total - height * normals[3 * i + k]);
    }
    positions = next;
  }
  return positions;
}

/** Returns each particle's mean value coordinates in the pattern (Floater 2003): neighbour → weight. */
function patternWeights(sewn: SewnGarment): Map<number, number>[] {
  const flat = sewn.flat[sewn.pattern.baseSize];
  const weights: Map<number, number>[] = Array.from({ length: sewn.particleCount }, () => new Map());
  for (let t = 0; t < sewn.triangles.length; t++) {
    const first = t - (t % 3);
    const i = sewn.triangles[t];
    const j = sewn.triangles[first + ((t + 1) % 3)];
    const k = sewn.triangles[first + ((t + 2) % 3)];
    const ux = flat[2 * j] - flat[2 * i];
    const uy = flat[2 * j + 1] - flat[2 * i + 1];
    const vx = flat[2 * k] - flat[2 * i];
    const vy = flat[2 * k + 1] - flat[2 * i + 1];
    const u = Math.hypot(ux, uy);
    const v = Math.hypot(vx, vy);
    const tanHalfAngle = Math.tan(Math.acos(Math.min(1, (ux * vx + uy * vy) / (u * v))) / 2);
    const byNeighbour = weights[sewn.particleOf[i]];
    byNeighbour.set(sewn.particleOf[j], (byNeighbour.get(sewn.particleOf[j]) ?? 0) + tanHalfAngle / u);
    byNeighbour.set(sewn.particleOf[k], (byNeighbour.get(sewn.particleOf[k]) ?? 0) + tanHalfAngle / v);
  }
  return weights;
}

import type { SheetMesh } from './sheet-mesh.ts';
import { surfaceNormals } from './surface-normals.ts';
import { taubinFactors } from './taubin-factors.ts';

/** Taubin passes. */
const PASSES = 5;

/**
 * Removes the finest ripples of a draped sheet (Taubin's λ|μ smoothing). Particles move along the sheet's normals only:
 * within the sheet, uneven triangles would make them drift. `sheet`: 3 × particles (points of the sewn garment),
 * metres; the mesh holds their triangles, neighbours and free edges. Returns new positions.
 */
export function smoothRipples(sheet: Float64Array, { triangles, neighbours, freeParticles }: SheetMesh): Float64Array {
  let positions = sheet.slice();
  for (const factor of taubinFactors(PASSES)) {
    const next = positions.slice();
    const normals = surfaceNormals(positions, triangles);
    for (let i = 0; i < neighbours.length; i++) {
      // A free edge is smoothed along itself.
      const ring = freeParticles.has(i) ? neighbours[i].filter((j) => freeParticles.has(j)) : neighbours[i];
      let height = 0;
      for (let k = 0; k < 3; k++)
        height +=
          normals[3 * i + k] *
          (ring.reduce((sum, j) => sum + positions[3 * j + k], 0) / ring.length - positions[3 * i + k]);
      for (let k = 0; k < 3; k++) next[3 * i + k] += factor * height * normals[3 * i + k];
    }
    positions = next;
  }
  return positions;
}

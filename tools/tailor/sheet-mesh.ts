import type { SewnGarment } from './sew-pattern.ts';

/**
 * The garment with closed seams as a mesh of particles, which are numbered from 0. A particle is one point of the sewn
 * cloth: the vertices of the pieces that a seam joins share one.
 */
export interface SheetMesh {
  /** 3 × triangles: particles, anticlockwise from outside as in the pieces. */
  triangles: Int32Array;
  /** For each particle, the particles that share a triangle's side with it. */
  neighbours: readonly (readonly number[])[];
  /** Particles on a free edge, which no seam joins: the hems and the free edges of bands. */
  freeParticles: ReadonlySet<number>;
}

/** Builds the mesh of particles from the pieces of a garment and their seams (`sewn`). */
export function sheetMesh(sewn: SewnGarment): SheetMesh {
  const freeEdges = sewn.pieceNames.map((name, p) => (p < sewn.firstBand ? `${name}.hem` : `${name}.free`));
  const neighbours: Set<number>[] = Array.from({ length: sewn.particleCount }, () => new Set());
  for (let t = 0; t < sewn.triangles.length; t++) {
    const a = sewn.particleOf[sewn.triangles[t]];
    const b = sewn.particleOf[sewn.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    neighbours[a].add(b);
    neighbours[b].add(a);
  }
  return {
    triangles: sewn.triangles.map((vertex) => sewn.particleOf[vertex]),
    neighbours: neighbours.map((set) => [...set]),
    freeParticles: new Set(freeEdges.flatMap((name) => sewn.edges[name].map((vertex) => sewn.particleOf[vertex]))),
  };
}

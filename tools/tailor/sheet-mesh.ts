import type { SewnTee } from './sew-tee.ts';

/**
 * The shirt with closed seams as a mesh of particles, which are numbered from 0. A particle is one point of the sewn
 * shirt: the vertices of the pieces that a seam joins share one.
 */
export interface SheetMesh {
  /** 3 × triangles: particles, anticlockwise from outside as in the pieces. */
  triangles: Int32Array;
  /** For each particle, the particles that share a triangle's side with it. */
  neighbours: readonly (readonly number[])[];
  /** Particles on a free edge, which no seam joins: the hems and the upper edge of the rib. */
  freeParticles: ReadonlySet<number>;
}

/** Edges of pieces that no seam joins. */
const FREE_EDGES = ['front.hem', 'back.hem', 'sleeveLeft.hem', 'sleeveRight.hem', 'rib.free'];

/** Builds the mesh of particles from the pieces of a shirt and their seams (`tee`). */
export function sheetMesh(tee: SewnTee): SheetMesh {
  const neighbours: Set<number>[] = Array.from({ length: tee.particleCount }, () => new Set());
  for (let t = 0; t < tee.triangles.length; t++) {
    const a = tee.particleOf[tee.triangles[t]];
    const b = tee.particleOf[tee.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    neighbours[a].add(b);
    neighbours[b].add(a);
  }
  return {
    triangles: tee.triangles.map((vertex) => tee.particleOf[vertex]),
    neighbours: neighbours.map((set) => [...set]),
    freeParticles: new Set(FREE_EDGES.flatMap((name) => tee.edges[name].map((vertex) => tee.particleOf[vertex]))),
  };
}

import type { Sliced } from '../math/sliced.ts';
import { CollapsingMesh } from './collapsing-mesh.ts';
import type { MergedSurface } from './merge-surface.ts';

/** A mesh of some of a garment's welded vertices. */
export interface ThinMesh {
  /** 3 × triangles: welded vertices. */
  triangles: Uint32Array;
  /** By welded vertex: the vertex of the thin mesh that took its place; itself where it remains. */
  representatives: Uint32Array;
}

/**
 * Thins out a triangle mesh until its edges are about as long as wanted: repeatedly collapses the shortest edge into
 * one of its ends. Vertices that remain keep their places, so the mesh stays on the surface that it had.
 *
 * An edge is left when its collapse would close a hole or a sleeve (the link condition of Dey et al. 1999), or turn a
 * triangle over. A border vertex stays on the border.
 *
 * @param positions 3 × vertices, metres.
 * @param surface the mesh, its nearest vertices merged.
 * @param edgeMetres edges shorter than this are collapsed.
 */
export function* thinOut(positions: ArrayLike<number>, surface: MergedSurface, edgeMetres: number): Sliced<ThinMesh> {
  const mesh = new CollapsingMesh(positions, surface.triangles.slice());
  yield* mesh.collapseShorterThan(edgeMetres);
  const remaining = mesh.takeRepresentatives();
  return {
    triangles: mesh.takeTriangles(),
    representatives: surface.representatives.map((v) => remaining[v]),
  };
}

import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { findPieces } from './find-pieces.ts';
import { mergeNear } from './merge-near.ts';
import { NumberedSets } from './numbered-sets.ts';

/** Vertices nearer than this are at one place but for rounding, metres: the sides of a seam that belong together. */
const SAME_METRES = 1e-4;

/** A triangle mesh some of whose vertices have become one. */
export interface MergedSurface {
  /** 3 × triangles: vertices, three different ones in each, and no three twice. */
  triangles: Uint32Array;
  /** By vertex: the vertex that it has become; itself where it remains. */
  representatives: Uint32Array;
}

/**
 * Merges vertices of a triangle mesh: those at one place but for rounding, and in each piece those that are nearly at one
 * place: the inside of a folded hem, both shells of a thick garment. A piece is what triangles connect. Of the triangles
 * that lie on each other then the first one remains.
 *
 * @param positions 3 × vertices, metres.
 * @param triangles 3 × triangles: vertices.
 * @param mergedMetres vertices of a piece nearer to each other than this become one.
 */
export function* mergeSurface(
  positions: ArrayLike<number>,
  triangles: ArrayLike<number>,
  mergedMetres: number,
): Sliced<MergedSurface> {
  const count = positions.length / 3;
  const same = yield* mergeNear(positions, new Uint8Array(count), SAME_METRES);
  yield;
  const pieces = findPieces(triangles, count, same);
  yield;
  const representatives = yield* mergeNear(positions, pieces, mergedMetres);
  const left = new Uint32Array(triangles.length);
  const sets = new NumberedSets(triangles.length / 3);
  let corners = 0;
  yield* forEachIndex(triangles.length / 3, (t) => {
    const a = representatives[triangles[3 * t]];
    const b = representatives[triangles[3 * t + 1]];
    const c = representatives[triangles[3 * t + 2]];
    if (a === b || b === c || c === a) return;
    // The inside of a hem lies on its outside once its vertices are merged.
    const known = sets.count;
    if (sets.numberOf(a, b, c) < known) return;
    left[corners++] = a;
    left[corners++] = b;
    left[corners++] = c;
  });
  return { triangles: left.slice(0, corners), representatives };
}

import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';
import type { Weld } from './garment-binding.ts';

/** The geometry of one part (mesh) of a garment. */
export interface Surface {
  /** 3 × vertices, in any unit. */
  positions: Float32Array;
  /** 3 × triangles, counter-clockwise as seen from outside. */
  indices: Uint16Array | Uint32Array;
}

/**
 * Computes one area-weighted unit normal for each welded vertex (vertices at the same position count as one), so that
 * texture seams and the borders of parts are not visible in the shading. Allocates nothing.
 *
 * @param parts The garment's parts.
 * @param weld `welded`: vertex of all parts → welded vertex; `count`: number of welded vertices.
 * @param firsts By part: index of its first vertex among the vertices of all parts.
 * @param target 3 × welded vertices, overwritten; 0 for a vertex whose triangles have no area.
 * @returns `target`.
 */
export function computeNormals(
  parts: readonly Surface[],
  { welded, count }: Weld,
  firsts: readonly number[],
  target: Float32Array,
): Float32Array {
  target.fill(0, 0, 3 * count);
  for (let p = 0; p < parts.length; p++)
    addFaceNormals(parts[p].positions, parts[p].indices, target, { numbers: welded, first: firsts[p] });
  return normalizeVectors(target, count);
}

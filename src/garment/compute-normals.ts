import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';
import type { Weld } from './garment-binding.ts';

/** The geometry of one part of a garment. */
export interface Surface {
  /** 3 × vertices. */
  positions: Float32Array;
  /** 3 × triangles. */
  indices: Uint16Array | Uint32Array;
}

/**
 * Computes area-weighted unit normals of welded vertices, so that seams of the texture and borders of parts do not show
 * in the shading. Writes `target` (3 × welded vertices); 0 where all triangles around a vertex have no area.
 *
 * @param firsts By part: number of its first vertex among those of all parts.
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

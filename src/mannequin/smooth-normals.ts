import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';

/** Computes area-weighted vertex normals of a mesh without seams: 3 × vertices, unit length. Writes `target` and returns it. */
export function smoothNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  target: Float32Array,
): Float32Array {
  target.fill(0);
  addFaceNormals(positions, indices, target);
  return normalizeVectors(target, target.length / 3);
}

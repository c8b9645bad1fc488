import { addFaceNormals, normalizeAll } from '../math/face-normals.ts';

/** Computes area-weighted vertex normals of a mesh without seams: 3 × vertices, unit length. Writes `target` and returns it. */
export function smoothNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  target: Float32Array,
): Float32Array {
  target.fill(0);
  addFaceNormals(positions, indices, target);
  return normalizeAll(target, target.length / 3);
}

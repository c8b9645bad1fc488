import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';

/**
 * Computes unit vertex normals, 3 × vertices, each the mean of the normals of the triangles around it weighted by their
 * area. The mesh has no seams: vertices at the same place are one vertex. Writes `target` and returns it.
 */
export function smoothNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  target: Float32Array,
): Float32Array {
  target.fill(0);
  addFaceNormals(positions, indices, target);
  return normalizeVectors(target, target.length / 3);
}

import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';

/**
 * Computes unit vertex normals: each is the mean of the normals of the triangles around the vertex, weighted by their
 * areas. The mesh must have no seams: at each place there is only one vertex.
 *
 * @param positions 3 × vertices, any unit.
 * @param indices 3 × triangles, counter-clockwise as seen from outside.
 * @param target receives the normals, 3 × vertices; its old values do not matter.
 * @returns `target`.
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

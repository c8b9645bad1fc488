import { addFaceNormals } from '../math/add-face-normals.ts';

/**
 * Computes area-weighted unit normals of a garment's cloth that point away from the body, whichever way its triangles
 * are wound.
 *
 * 1. Sums the triangles' normals at each vertex, and the signed volumes of the tetrahedra between each triangle and the
 *    centroid of the vertices.
 * 2. Cloth surrounds a body, so a negative volume means that the triangles are wound inwards: negates all normals.
 *
 * @param positions 3 × vertices, metres, welded: no two vertices have the same position.
 * @param indices 3 × triangles, into these vertices, all wound the same way.
 * @returns 3 × vertices, unit length; 0 for a vertex without a triangle.
 */
export function faceOutwards(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length);
  addFaceNormals(positions, indices, normals);
  const sign = signedVolume(positions, indices) < 0 ? -1 : 1;
  for (let i = 0; i < normals.length; i += 3) {
    const length = sign * Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    for (let k = 0; k < 3; k++) normals[i + k] /= length;
  }
  return normals;
}

/** Returns six times the volume between the triangles and the centroid of the vertices; negative if wound inwards. */
function signedVolume(positions: Float32Array, indices: Uint32Array): number {
  const centre = [0, 0, 0];
  for (let i = 0; i < positions.length; i++) centre[i % 3] += (3 * positions[i]) / positions.length;
  const corner = (index: number, axis: number): number => positions[3 * index + axis] - centre[axis];
  let volume = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]];
    for (let axis = 0; axis < 3; axis++) {
      const [next, last] = [(axis + 1) % 3, (axis + 2) % 3];
      volume += corner(a, axis) * (corner(b, next) * corner(c, last) - corner(b, last) * corner(c, next));
    }
  }
  return volume;
}

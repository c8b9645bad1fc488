/**
 * Computes area-weighted unit normals of cloth that point away from the body, whichever way its triangles are wound.
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
  const count = positions.length / 3;
  const centre = [0, 0, 0];
  for (let i = 0; i < positions.length; i++) centre[i % 3] += positions[i] / count;
  let volume = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const a = 3 * indices[t];
    const b = 3 * indices[t + 1];
    const c = 3 * indices[t + 2];
    const ux = positions[b] - positions[a];
    const uy = positions[b + 1] - positions[a + 1];
    const uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a];
    const vy = positions[c + 1] - positions[a + 1];
    const vz = positions[c + 2] - positions[a + 2];
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    volume += nx * (positions[a] - centre[0]);
    volume += ny * (positions[a + 1] - centre[1]);
    volume += nz * (positions[a + 2] - centre[2]);
    addNormal(normals, a, nx, ny, nz);
    addNormal(normals, b, nx, ny, nz);
    addNormal(normals, c, nx, ny, nz);
  }
  const sign = volume < 0 ? -1 : 1;
  for (let i = 0; i < normals.length; i += 3) {
    const length = sign * Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    for (let k = 0; k < 3; k++) normals[i + k] /= length;
  }
  return normals;
}

/** Adds (x, y, z) to the normal that starts at index `i`. */
function addNormal(normals: Float32Array, i: number, x: number, y: number, z: number): void {
  normals[i] += x;
  normals[i + 1] += y;
  normals[i + 2] += z;
}

/**
 * Computes unit normals at the vertices of a mesh: each is the mean of the normals of the triangles at the vertex,
 * weighted by their angles there. `positions`: 3 × vertices, in any unit; `indices`: 3 × triangles. Normals point to
 * the side from which the triangles are anticlockwise. Returns x, y, z for each vertex, in the space of `positions`.
 * Triangles without area count for nothing; a vertex without any other triangle gets 0, 0, 0.
 */
export function surfaceNormals(positions: ArrayLike<number>, indices: ArrayLike<number>): Float64Array {
  const normals = new Float64Array(positions.length);
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = 3 * indices[t + k];
      const b = 3 * indices[t + ((k + 1) % 3)];
      const c = 3 * indices[t + ((k + 2) % 3)];
      const ux = positions[b] - positions[a];
      const uy = positions[b + 1] - positions[a + 1];
      const uz = positions[b + 2] - positions[a + 2];
      const vx = positions[c] - positions[a];
      const vy = positions[c + 1] - positions[a + 1];
      const vz = positions[c + 2] - positions[a + 2];
      const nx = uy * vz - uz * vy;
      const ny = uz * vx - ux * vz;
      const nz = ux * vy - uy * vx;
      const n = Math.hypot(nx, ny, nz);
      if (n === 0) continue;
      const angle = Math.atan2(n, ux * vx + uy * vy + uz * vz);
      normals[a] += (nx / n) * angle;
      normals[a + 1] += (ny / n) * angle;
      normals[a + 2] += (nz / n) * angle;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const n = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    normals[i] /= n;
    normals[i + 1] /= n;
    normals[i + 2] /= n;
  }
  return normals;
}

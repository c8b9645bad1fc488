/**
 * Tells which normal each vertex of a mesh uses: vertex v uses the normal with index `numbers[first + v]`. Vertices
 * with the same index share one normal, for example on both sides of a texture seam.
 */
export interface VertexNumbers {
  /** Index of the normal for each vertex; several meshes may be stored one after the other. */
  numbers: Uint32Array;
  /** Index in `numbers` of the mesh's vertex 0. */
  first: number;
}

/**
 * Adds the normal of each triangle, with a length of twice the triangle's area, to the normals of its three vertices.
 * Call `normalizeVectors` on `target` after the last mesh to get unit normals, weighted by area.
 *
 * @param positions 3 × vertices, in any unit.
 * @param indices 3 × triangles, each triangle's vertices counter-clockwise as seen from outside.
 * @param target x, y, z for each normal, in the order of their indices. The caller sets it to 0 before the first mesh.
 * @param numbering which normal each vertex uses; null: vertex v uses normal v.
 */
export function addFaceNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  target: Float32Array,
  numbering: VertexNumbers | null = null,
): void {
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
    for (let corner = 0; corner < 3; corner++) {
      const vertex = indices[t + corner];
      const n = 3 * (numbering === null ? vertex : numbering.numbers[numbering.first + vertex]);
      target[n] += nx;
      target[n + 1] += ny;
      target[n + 2] += nz;
    }
  }
}

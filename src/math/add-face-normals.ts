/**
 * Numbers the normals that the vertices of a mesh share: the normal of `vertex` is number `numbers[first + vertex]`.
 * Vertices of equal number share one normal.
 */
export interface VertexNumbers {
  numbers: Uint32Array;
  first: number;
}

/**
 * Adds the normal of each triangle, with a length of twice the triangle's area, to the normals of its three vertices.
 * Call `normalizeVectors` on `target` after the last mesh to get area-weighted unit normals.
 *
 * @param positions 3 × vertices, in any unit.
 * @param indices three vertices per triangle, counter-clockwise as seen from outside.
 * @param target 3 × normals, in the order of their numbers. The caller sets it to 0 before the first mesh.
 * @param numbering numbers of the normals; by default each vertex has a normal of its own.
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

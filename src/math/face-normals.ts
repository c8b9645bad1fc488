/** Under which number a vertex's normal is summed: `numbers[first + vertex]`. Vertices of one number get one normal. */
export interface VertexNumbers {
  numbers: Uint32Array;
  first: number;
}

/**
 * Adds each triangle's normal, as long as twice its area, to the normals of its corners. `normalizeAll` comes after the
 * last mesh.
 *
 * @param positions 3 × vertices.
 * @param indices 3 × triangles.
 * @param target 3 × normals, by the vertices' numbers; without `numbering` by vertex.
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
    for (let e = 0; e < 3; e++) {
      const vertex = indices[t + e];
      const w = 3 * (numbering === null ? vertex : numbering.numbers[numbering.first + vertex]);
      target[w] += nx;
      target[w + 1] += ny;
      target[w + 2] += nz;
    }
  }
}

/** Brings the first `count` vectors of `target` (3 × vectors) to length 1; vectors of length 0 stay so. */
export function normalizeAll(target: Float32Array, count: number): Float32Array {
  for (let w = 0; w < 3 * count; w += 3) {
    const x = target[w];
    const y = target[w + 1];
    const z = target[w + 2];
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    target[w] = x / length;
    target[w + 1] = y / length;
    target[w + 2] = z / length;
  }
  return target;
}

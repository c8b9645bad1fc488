/**
 * Writes to `target` the vertices of a surface as their matrices pose them.
 *
 * @param m by vertex: matrix from the rest pose to the pose, upper three rows, row by row: 12 each.
 * @param rest 3 × vertices, metres.
 * @param target 3 × vertices, metres.
 */
export function poseSurface(m: Float64Array, rest: Float32Array, target: Float64Array): void {
  for (let o = 0, r = 0; o < rest.length; o += 3, r += 12) {
    const x = rest[o];
    const y = rest[o + 1];
    const z = rest[o + 2];
    target[o] = m[r] * x + m[r + 1] * y + m[r + 2] * z + m[r + 3];
    target[o + 1] = m[r + 4] * x + m[r + 5] * y + m[r + 6] * z + m[r + 7];
    target[o + 2] = m[r + 8] * x + m[r + 9] * y + m[r + 10] * z + m[r + 11];
  }
}

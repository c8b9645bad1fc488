/**
 * Scales the first `count` vectors of `target` to length 1, in place; vectors of length 0 stay 0.
 *
 * @param target x, y, z for each vector; at least 3 × `count` values.
 * @returns `target`.
 */
export function normalizeVectors(target: Float32Array, count: number): Float32Array {
  for (let v = 0; v < 3 * count; v += 3) {
    const x = target[v];
    const y = target[v + 1];
    const z = target[v + 2];
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    target[v] = x / length;
    target[v + 1] = y / length;
    target[v + 2] = z / length;
  }
  return target;
}

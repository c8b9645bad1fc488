/** Area-weighted vertex normals of a closed mesh: 3 × vertices, unit length. Writes into `target` and returns it. */
export function smoothNormals(
  positions: ArrayLike<number>,
  indices: ArrayLike<number>,
  target: Float32Array,
): Float32Array {
  target.fill(0);
  for (let f = 0; f < indices.length; f += 3) {
    const a = 3 * indices[f]!;
    const b = 3 * indices[f + 1]!;
    const c = 3 * indices[f + 2]!;
    const ux = positions[b]! - positions[a]!;
    const uy = positions[b + 1]! - positions[a + 1]!;
    const uz = positions[b + 2]! - positions[a + 2]!;
    const vx = positions[c]! - positions[a]!;
    const vy = positions[c + 1]! - positions[a + 1]!;
    const vz = positions[c + 2]! - positions[a + 2]!;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    target[a]! += nx;
    target[a + 1]! += ny;
    target[a + 2]! += nz;
    target[b]! += nx;
    target[b + 1]! += ny;
    target[b + 2]! += nz;
    target[c]! += nx;
    target[c + 1]! += ny;
    target[c + 2]! += nz;
  }
  for (let i = 0; i < target.length; i += 3) {
    const length = Math.hypot(target[i]!, target[i + 1]!, target[i + 2]!) || 1;
    target[i]! /= length;
    target[i + 1]! /= length;
    target[i + 2]! /= length;
  }
  return target;
}

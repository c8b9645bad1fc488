import type { Weld } from './weld-vertices.ts';

/**
 * Area-weighted normals of welded vertices into `target` (3 × welded), so that a seam of the texture does not show in the
 * shading; 0 where a vertex has no area around it.
 */
export function computeNormals(
  positions: Float32Array,
  indices: Uint16Array | Uint32Array,
  { welded, count }: Weld,
  target: Float32Array,
): Float32Array {
  target.fill(0, 0, 3 * count);
  addNormals(positions, indices, welded, 0, target);
  return normalize(target, count);
}

/** Adds the triangles of one part of a mesh, whose first vertex is number `first` of the weld; `normalize` comes after the last part. */
export function addNormals(
  positions: Float32Array,
  indices: Uint16Array | Uint32Array,
  welded: Uint32Array,
  first: number,
  target: Float32Array,
): void {
  for (let t = 0; t < indices.length; t += 3) {
    const a = 3 * indices[t];
    const b = 3 * indices[t + 1];
    const c = 3 * indices[t + 2];
    const ux = positions[b] - positions[a],
      uy = positions[b + 1] - positions[a + 1],
      uz = positions[b + 2] - positions[a + 2];
    const vx = positions[c] - positions[a],
      vy = positions[c + 1] - positions[a + 1],
      vz = positions[c + 2] - positions[a + 2];
    // The cross product is as long as twice the triangle's area.
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (let e = 0; e < 3; e++) {
      const w = 3 * welded[first + indices[t + e]];
      target[w] += nx;
      target[w + 1] += ny;
      target[w + 2] += nz;
    }
  }
}

/** Brings the first `count` vectors to length 1. */
export function normalize(target: Float32Array, count: number): Float32Array {
  for (let w = 0; w < 3 * count; w += 3) {
    const length =
      Math.sqrt(target[w] * target[w] + target[w + 1] * target[w + 1] + target[w + 2] * target[w + 2]) || 1;
    target[w] /= length;
    target[w + 1] /= length;
    target[w + 2] /= length;
  }
  return target;
}

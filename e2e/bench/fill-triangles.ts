import type { PersonMask } from '../../src/tracking/tracker.ts';

/** Samples of a pixel along each side: 64 a pixel tell coverage to 1.6 %. */
const SIDE = 8;

/** Marks the samples inside one triangle (corners in samples) row by row. */
function fillTriangle(samples: Uint8Array, width: number, height: number, corners: readonly number[]): void {
  const [ax, ay, bx, by, cx, cy] = corners;
  // Row i of samples lies at i + 0.5, and so do columns.
  const first = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const last = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  for (let i = first; i <= last; i++) {
    const y = i + 0.5;
    let left = Infinity;
    let right = -Infinity;
    for (let edge = 0; edge < 3; edge++) {
      const [x0, y0, x1, y1] = edge === 0 ? [ax, ay, bx, by] : edge === 1 ? [bx, by, cx, cy] : [cx, cy, ax, ay];
      if (y0 <= y === y1 <= y) continue;
      const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    const start = Math.max(0, Math.ceil(left - 0.5));
    const end = Math.min(width - 1, Math.floor(right - 0.5));
    if (start <= end) samples.fill(1, i * width + start, i * width + end + 1);
  }
}

/**
 * Coverage of the pixels by the union of triangles, 0..255. `points`: x and y of each vertex, pixels from the top left;
 * `indices`: three vertices a triangle. A 2D canvas fills the same path in a second (10,000 triangles), this in milliseconds.
 */
export function fillTriangles(
  meshes: readonly { points: Float32Array; indices: ArrayLike<number> }[],
  width: number,
  height: number,
): PersonMask {
  const samples = new Uint8Array(SIDE * SIDE * width * height);
  for (const { points, indices } of meshes) {
    for (let t = 0; t < indices.length; t += 3) {
      const corners = [0, 1, 2].flatMap((k) => [
        SIDE * points[2 * indices[t + k]],
        SIDE * points[2 * indices[t + k] + 1],
      ]);
      fillTriangle(samples, SIDE * width, SIDE * height, corners);
    }
  }
  const data = new Uint8ClampedArray(width * height);
  const counts = new Uint16Array(width);
  for (let y = 0; y < height; y++) {
    counts.fill(0);
    for (let i = SIDE * SIDE * width * y; i < SIDE * SIDE * width * (y + 1); i++)
      counts[((i % (SIDE * width)) / SIDE) | 0] += samples[i];
    for (let x = 0; x < width; x++) data[y * width + x] = (255 * counts[x]) / SIDE ** 2;
  }
  return { width, height, data };
}

import type { PersonMask } from '../../src/tracking/tracker.ts';

/** Samples along each side of a pixel: 8 × 8 samples tell coverage to 1.6 %. */
const SAMPLES_PER_SIDE = 8;

/**
 * Marks the samples (`width` × `height` of them) inside one triangle row by row. `corners`: x and y of each, in
 * samples.
 */
function fillTriangle(samples: Uint8Array, width: number, height: number, corners: readonly number[]): void {
  const [ax, ay, bx, by, cx, cy] = corners;
  // Row i of samples lies at y = i + 0.5, column i at x = i + 0.5.
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
 * Draws the union of all triangles of `meshes` as a mask of `width` × `height` pixels: coverage of each pixel, 0..255.
 * `points`: x and y of each vertex, pixels from the top left; `indices`: three vertices for each triangle. Rejected: a
 * path of all triangles on a 2D canvas, which takes a second for 10,000 triangles where this takes milliseconds.
 */
export function fillTriangles(
  meshes: readonly { points: Float32Array; indices: ArrayLike<number> }[],
  width: number,
  height: number,
): PersonMask {
  const samples = new Uint8Array(SAMPLES_PER_SIDE * SAMPLES_PER_SIDE * width * height);
  for (const { points, indices } of meshes) {
    for (let t = 0; t < indices.length; t += 3) {
      const corners = [0, 1, 2].flatMap((k) => [
        SAMPLES_PER_SIDE * points[2 * indices[t + k]],
        SAMPLES_PER_SIDE * points[2 * indices[t + k] + 1],
      ]);
      fillTriangle(samples, SAMPLES_PER_SIDE * width, SAMPLES_PER_SIDE * height, corners);
    }
  }
  const data = new Uint8ClampedArray(width * height);
  const counts = new Uint16Array(width);
  for (let y = 0; y < height; y++) {
    counts.fill(0);
    for (
      let i = SAMPLES_PER_SIDE * SAMPLES_PER_SIDE * width * y;
      i < SAMPLES_PER_SIDE * SAMPLES_PER_SIDE * width * (y + 1);
      i++
    )
      counts[((i % (SAMPLES_PER_SIDE * width)) / SAMPLES_PER_SIDE) | 0] += samples[i];
    for (let x = 0; x < width; x++) data[y * width + x] = (255 * counts[x]) / SAMPLES_PER_SIDE ** 2;
  }
  return { width, height, data };
}

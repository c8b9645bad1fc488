import type { PersonMask } from '../../src/tracking/tracker.ts';

/** Samples along the width and the height of a pixel: 8 × 8 samples resolve coverage to 1.6 %. */
const SAMPLES_PER_SIDE = 8;

/** Number of bits that are set, by byte. */
const BIT_COUNTS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/**
 * Marks the samples (`width` × `height` of them, a bit each, line after line) inside one triangle. `corners`: x and y
 * of its three corners, in samples from the top left.
 */
function fillTriangle(samples: Uint8Array, width: number, height: number, corners: Float64Array): void {
  // Line i of samples is at y = i + 0.5, column i at x = i + 0.5.
  const first = Math.max(0, Math.ceil(Math.min(corners[1], corners[3], corners[5]) - 0.5));
  const last = Math.min(height - 1, Math.floor(Math.max(corners[1], corners[3], corners[5]) - 0.5));
  for (let line = first; line <= last; line++) {
    const y = line + 0.5;
    let left = Infinity;
    let right = -Infinity;
    for (let from = 0; from < 6; from += 2) {
      const to = (from + 2) % 6;
      if (corners[from + 1] <= y === corners[to + 1] <= y) continue;
      const share = (y - corners[from + 1]) / (corners[to + 1] - corners[from + 1]);
      const x = corners[from] + share * (corners[to] - corners[from]);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    const end = Math.min(width - 1, Math.floor(right - 0.5));
    for (let x = Math.max(0, Math.ceil(left - 0.5)); x <= end; x++)
      samples[(line * width) / SAMPLES_PER_SIDE + (x >> 3)] |= 1 << (x & 7);
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
  // A byte holds one line of samples of one pixel.
  const samples = new Uint8Array(SAMPLES_PER_SIDE * width * height);
  const corners = new Float64Array(6);
  for (const { points, indices } of meshes) {
    for (let t = 0; t < indices.length; t += 3) {
      for (let i = 0; i < 6; i++) corners[i] = SAMPLES_PER_SIDE * points[2 * indices[t + (i >> 1)] + (i & 1)];
      fillTriangle(samples, SAMPLES_PER_SIDE * width, SAMPLES_PER_SIDE * height, corners);
    }
  }
  const data = new Uint8ClampedArray(width * height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    let count = 0;
    for (let line = 0; line < SAMPLES_PER_SIDE; line++)
      count += BIT_COUNTS[samples[(y * SAMPLES_PER_SIDE + line) * width + x]];
    data[pixel] = (255 * count) / SAMPLES_PER_SIDE ** 2;
  }
  return { width, height, data };
}

// Measures how far the outlines of two masks are apart. A mask (`PersonMask`) has a size in pixels, and coverage 0..255
// by pixel.
import type { PersonMask } from '../../src/tracking/tracker.ts';

/** Coverage (0..255) from which a pixel belongs to the mask. */
const HALF = 128;

/**
 * Returns the indices (rows from the top) of the outline's pixels: those of the mask with a neighbour above, below,
 * left or right that is not in the mask. The picture's edge is no outline.
 */
export function outlineOf({ width, height, data }: PersonMask): number[] {
  const outline: number[] = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < HALF) continue;
    const x = i % width;
    if (
      (x > 0 && data[i - 1] < HALF) ||
      (x < width - 1 && data[i + 1] < HALF) ||
      (i >= width && data[i - width] < HALF) ||
      (i < width * (height - 1) && data[i + width] < HALF)
    )
      outline.push(i);
  }
  return outline;
}

/**
 * Writes the lower envelope of parabolas over one line of squared distances: d[q] = min over p of (q − p)² + f[p]
 * (Felzenszwalb and Huttenlocher 2012). The line is `count` numbers of `values`, `stride` apart, from `start` on.
 * `scratch`: arrays of at least `count` numbers, overwritten.
 */
function transformLine(
  values: Float64Array,
  { start, stride, count }: { start: number; stride: number; count: number },
  scratch: { f: Float64Array; bounds: Float64Array; vertices: Int32Array },
): void {
  const { f, bounds, vertices } = scratch;
  for (let q = 0; q < count; q++) f[q] = values[start + q * stride];
  let last = -1;
  for (let q = 0; q < count; q++) {
    if (f[q] === Infinity) continue;
    let bound = -Infinity;
    while (last >= 0) {
      const p = vertices[last];
      bound = (f[q] + q * q - f[p] - p * p) / (2 * (q - p));
      if (bound > bounds[last]) break;
      last--;
    }
    if (last < 0) bound = -Infinity;
    vertices[++last] = q;
    bounds[last] = bound;
  }
  if (last < 0) return;
  let vertex = 0;
  for (let q = 0; q < count; q++) {
    while (vertex < last && bounds[vertex + 1] < q) vertex++;
    const p = vertices[vertex];
    values[start + q * stride] = (q - p) ** 2 + f[p];
  }
}

/**
 * Returns by pixel of a picture of `width` × `height` pixels, rows from the top, the distance to the nearest of
 * `pixels` (indices), in pixels; Infinity if there are none.
 */
export function distancesTo(pixels: readonly number[], width: number, height: number): Float64Array {
  const squares = new Float64Array(width * height).fill(Infinity);
  for (const i of pixels) squares[i] = 0;
  const longest = Math.max(width, height);
  const scratch = {
    f: new Float64Array(longest),
    bounds: new Float64Array(longest),
    vertices: new Int32Array(longest),
  };
  for (let x = 0; x < width; x++) transformLine(squares, { start: x, stride: width, count: height }, scratch);
  for (let y = 0; y < height; y++) transformLine(squares, { start: y * width, stride: 1, count: width }, scratch);
  return squares.map(Math.sqrt);
}

/**
 * Returns the mean distance between the outlines of two masks of the same size, in pixels: from each pixel of either
 * outline to the nearest pixel of the other. Null if a mask has no outline.
 */
export function edgeDistance(mask: PersonMask, expected: PersonMask): number | null {
  const { width, height } = expected;
  const [a, b] = [outlineOf(mask), outlineOf(expected)];
  if (a.length === 0 || b.length === 0) return null;
  const [toA, toB] = [distancesTo(a, width, height), distancesTo(b, width, height)];
  const sum = a.reduce((total, i) => total + toB[i], 0) + b.reduce((total, i) => total + toA[i], 0);
  return sum / (a.length + b.length);
}

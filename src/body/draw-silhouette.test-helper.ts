import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PersonMask } from '../tracking/tracker.ts';

/** Samples along each side of a mask's pixel. */
const SAMPLES = 3;

/**
 * Draws the exact silhouette of a posed body, as a person mask: coverage 0..255, rows from the top, soft at the edge.
 *
 * @param mannequin The body model.
 * @param weights Its morph weights, MORPH_COUNT.
 * @param pose Positions and rotations of its joints in camera space, metres.
 * @param camera Size of the mask, pixels, and vertical field of view, degrees.
 */
export function drawSilhouette(
  mannequin: Mannequin,
  weights: ArrayLike<number>,
  pose: MannequinPose,
  { width, height, fovYDegrees }: { width: number; height: number; fovYDegrees: number },
): PersonMask {
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const { skinIndices, skinWeights, indices } = mannequin;
  const posed = new Float32Array(shape.positions.length);
  skinVertices({ positions: shape.positions, skinIndices, skinWeights }, shape.joints, pose, posed);
  const [columns, rows] = [width * SAMPLES, height * SAMPLES];
  const scale = rows / (2 * halfHeightAtUnitDistance(fovYDegrees));
  const covered = new Uint8Array(columns * rows);
  const x = (v: number): number => columns / 2 + (posed[3 * v] / -posed[3 * v + 2]) * scale;
  const y = (v: number): number => rows / 2 - (posed[3 * v + 1] / -posed[3 * v + 2]) * scale;
  for (let t = 0; t < indices.length; t += 3) {
    const xs = [0, 1, 2].map((k) => x(indices[t + k]));
    const ys = [0, 1, 2].map((k) => y(indices[t + k]));
    for (let row = Math.max(0, Math.ceil(Math.min(...ys) - 0.5)); row < Math.min(rows, Math.max(...ys) + 0.5); row++) {
      // Where the row's middle crosses the triangle's sides.
      let low = Infinity;
      let high = -Infinity;
      for (let k = 0; k < 3; k++) {
        const [ya, yb] = [ys[k], ys[(k + 1) % 3]];
        if (ya < row + 0.5 === yb < row + 0.5) continue;
        const crossing = xs[k] + ((row + 0.5 - ya) / (yb - ya)) * (xs[(k + 1) % 3] - xs[k]);
        low = Math.min(low, crossing);
        high = Math.max(high, crossing);
      }
      const first = Math.max(0, Math.ceil(low - 0.5));
      const last = Math.min(columns - 1, Math.floor(high - 0.5));
      if (last >= first) covered.fill(1, row * columns + first, row * columns + last + 1);
    }
  }
  const sums = new Uint16Array(width * height);
  for (let row = 0, i = 0; row < rows; row++) {
    const pixels = Math.floor(row / SAMPLES) * width;
    for (let column = 0; column < columns; column++) sums[pixels + Math.floor(column / SAMPLES)] += covered[i++];
  }
  return { width, height, data: Uint8ClampedArray.from(sums, (sum) => (255 * sum) / SAMPLES ** 2) };
}

import type { Garment } from '../../../src/garment/garment.ts';
import { armRegions, isBoneIn } from '../../../src/mannequin/regions.ts';
import { clothMeshOf } from './cloth-stage.ts';

/** Distance of the tape under the sleeves' lowest vertex as modelled, metres. */
const BELOW_METRES = 0.01;
const isArm = isBoneIn(armRegions);

/**
 * Returns the girth of a top around the chest, just under its sleeves, centimetres: the length of the line through the
 * same threads in every size and pose, along all folds. (A level cut would meet the sleeves of large sizes.)
 *
 * 1. Find the level as the base size is modelled: under all vertices that arms move.
 * 2. Interpolate a point on each edge that crosses this level there, and add up the lines between them, as they are now.
 *
 * @param places the garment's welded vertices, 3 each, metres.
 */
export function chestGirth(garment: Garment, places: Float32Array): number {
  const { binding, parts } = garment;
  const { skinIndices, skinWeights } = clothMeshOf(garment);
  const heights = Array.from(binding.vertices, (v) => {
    const part = binding.firsts.findLastIndex((first) => first <= v);
    return parts[part].positions[3 * (v - binding.firsts[part]) + 1];
  });
  const armShare = (w: number): number =>
    [0, 1, 2, 3].reduce((sum, k) => sum + (isArm[skinIndices[4 * w + k]] ? skinWeights[4 * w + k] : 0), 0);
  const sleeves = heights.reduce((low, y, w) => (armShare(w) > 0.5 ? Math.min(low, y) : low), Infinity);
  const level = sleeves - BELOW_METRES;
  let metres = 0;
  for (let t = 0; t < binding.triangles.length; t += 3) {
    const points = [0, 1, 2].flatMap((k) => {
      const [a, b] = [binding.triangles[t + k], binding.triangles[t + ((k + 1) % 3)]];
      if (heights[a] > level === heights[b] > level) return [];
      const share = (level - heights[a]) / (heights[b] - heights[a]);
      return [[0, 1, 2].map((axis) => places[3 * a + axis] + share * (places[3 * b + axis] - places[3 * a + axis]))];
    });
    if (points.length === 2) metres += Math.hypot(...points[0].map((value, axis) => value - points[1][axis]));
  }
  return 100 * metres;
}

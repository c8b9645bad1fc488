import type { Mannequin } from '../mannequin/mannequin.ts';

/**
 * Gap between a garment and the skin or clothes under it, metres: at the garment's edge, and far from the edge. Far
 * from it the gap is not visible, and it prevents the skin of a bent body from showing through the garment.
 */
const EDGE_GAP_METRES = 0.003;
const DEEP_GAP_METRES = 0.014;
/**
 * Distance from a garment's edge at which the gap is DEEP_GAP_METRES. The distance of two vertices in rings is the
 * number of edges of triangles between them; an edge of the skin is about 15 mm long.
 */
const EDGE_RINGS = 4;
/** Outside a garment's edge the limit rises by WIDEN_METRES per ring; after WIDEN_RINGS rings there is none. */
const WIDEN_METRES = 0.006;
const WIDEN_RINGS = 14;

/**
 * Computes for each vertex of the mannequin how far from the skin clothes may be so that they stay under the garments
 * worn over them.
 *
 * @param covered the garments' height above the skin for each vertex, metres; Infinity where there is no garment.
 * @returns the greatest distance from the skin for each vertex, metres; Infinity far from all garments. Where it is
 * below 0 the skin itself has to be moved inwards.
 */
export function limitDepths({ indices }: Mannequin, covered: Float32Array): Float32Array {
  // For each vertex its distance from the garment's edge in rings: 0 outside, at most EDGE_RINGS inside.
  let rings: Float32Array<ArrayBuffer> = Float32Array.from(covered, (c) => (Number.isFinite(c) ? EDGE_RINGS : 0));
  const limits = new Float32Array(covered.length);
  const spread = (values: Float32Array, step: number): Float32Array<ArrayBuffer> => {
    const next = Float32Array.from(values);
    for (let f = 0; f < indices.length; f++) {
      const a = indices[f];
      const b = indices[f % 3 === 2 ? f - 2 : f + 1];
      next[a] = Math.min(next[a], values[b] + step);
      next[b] = Math.min(next[b], values[a] + step);
    }
    return next;
  };
  for (let ring = 0; ring < EDGE_RINGS; ring++) rings = spread(rings, 1);
  for (let v = 0; v < limits.length; v++) {
    limits[v] = Number.isFinite(covered[v])
      ? covered[v] - EDGE_GAP_METRES - ((DEEP_GAP_METRES - EDGE_GAP_METRES) * rings[v]) / EDGE_RINGS
      : Infinity;
  }
  let result: Float32Array = limits;
  for (let ring = 0; ring < WIDEN_RINGS; ring++) result = spread(result, WIDEN_METRES);
  return result;
}

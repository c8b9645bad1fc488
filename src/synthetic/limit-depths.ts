import type { Mannequin } from '../mannequin/mannequin.ts';

/**
 * Gap between a garment and the skin or clothes under it, metres: at the garment's edge, and far from it. Far from the
 * edge the gap is not visible, and it keeps the skin of a bent body from coming through.
 */
const EDGE_GAP_METRES = 0.003;
const DEEP_GAP_METRES = 0.014;
/** Distance from a garment's edge at which the gap is DEEP_GAP_METRES, in rings of the skin's vertices (15 mm each). */
const EDGE_RINGS = 4;
/** How fast clothes that come out from under a garment's edge may widen: metres per ring, and for how many rings. */
const WIDEN_METRES = 0.006;
const WIDEN_RINGS = 14;

/**
 * Computes how far from the skin clothes may lie so that they stay under the garments over them. `covered` is the
 * garments' height above the skin for each vertex of the mannequin, metres, Infinity where there is none. Returns the
 * greatest distance for each vertex, metres: below 0 the skin itself has to be moved inwards.
 */
export function limitDepths({ indices }: Mannequin, covered: Float32Array): Float32Array {
  // For each vertex the number of rings from the garment's edge: 0 outside, at most EDGE_RINGS inside.
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

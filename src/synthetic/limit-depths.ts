import type { Mannequin } from '../mannequin/mannequin.ts';

/** Gap to keep between a garment and the clothes or skin under it at the garment's edge, metres. */
const EDGE_GAP_METRES = 0.003;
/**
 * The same gap at EDGE_RINGS rings inside the edge and farther in, metres; between, it rises linearly. Far from the
 * edge a wide gap is not visible, and it prevents the skin of a bent body from showing through the garment.
 */
const DEEP_GAP_METRES = 0.014;
/**
 * Distances along the skin are counted in rings: the number of triangle edges between two vertices. An edge is about
 * 2 cm long. The outermost vertices that a garment covers are 1 ring inside its edge, so the gap there is already a
 * little wider than EDGE_GAP_METRES.
 */
const EDGE_RINGS = 4;
/** Rise of the limit per ring outside a garment's edge, metres. */
const WIDEN_METRES = 0.006;
/** Number of rings outside a garment's edge beyond which there is no limit. */
const WIDEN_RINGS = 14;

/**
 * Computes for each vertex of the mannequin how far outwards from the skin the synthetic person's clothes may reach, so
 * that they stay under the garments worn over them. Clothes are the person's own top, shorts and shoes; garments are
 * files of a shop that are tried on. A distance outwards from the skin is a depth for clothes, a height for garments.
 *
 * 1. Count the rings between each covered vertex and the garment's edge, up to EDGE_RINGS.
 * 2. At covered vertices the limit is the garment's height minus the gap.
 * 3. Widen the limits to the vertices outside the edge. This also lowers a covered vertex's limit where that of a
 *    vertex nearby is lower by more than WIDEN_METRES per ring.
 *
 * @param mannequin Its `indices` (3 × triangles) connect the vertices.
 * @param garmentHeights By vertex: height above the skin of the garment that is nearest to the skin there, metres;
 * Infinity where no garment covers the vertex.
 * @returns By vertex: largest allowed depth, metres; Infinity far from all garments. Below 0 the skin itself has to be
 * moved inwards.
 */
export function limitDepths({ indices }: Mannequin, garmentHeights: Float32Array): Float32Array {
  // By vertex: rings from the garment's edge, 0 outside the garment and 1 to EDGE_RINGS inside.
  let rings: Float32Array<ArrayBuffer> = Float32Array.from(garmentHeights, (height) =>
    Number.isFinite(height) ? EDGE_RINGS : 0,
  );
  const limits = new Float32Array(garmentHeights.length);
  /** Returns a copy of `values` in which each vertex has at most the old value of each neighbour plus `step`. */
  const spread = (values: Float32Array, step: number): Float32Array<ArrayBuffer> => {
    const next = Float32Array.from(values);
    for (let corner = 0; corner < indices.length; corner++) {
      const a = indices[corner];
      const b = indices[corner % 3 === 2 ? corner - 2 : corner + 1];
      next[a] = Math.min(next[a], values[b] + step);
      next[b] = Math.min(next[b], values[a] + step);
    }
    return next;
  };
  for (let ring = 0; ring < EDGE_RINGS; ring++) rings = spread(rings, 1);
  for (let v = 0; v < limits.length; v++) {
    limits[v] = Number.isFinite(garmentHeights[v])
      ? garmentHeights[v] - EDGE_GAP_METRES - ((DEEP_GAP_METRES - EDGE_GAP_METRES) * rings[v]) / EDGE_RINGS
      : Infinity;
  }
  let result: Float32Array = limits;
  for (let ring = 0; ring < WIDEN_RINGS; ring++) result = spread(result, WIDEN_METRES);
  return result;
}

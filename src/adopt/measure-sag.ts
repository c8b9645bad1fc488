import type { Weld } from '../garment/garment-binding.ts';

/** Radius of a forearm, metres: the smallest radius of curvature that coarse cloth follows. */
const LIMB_RADIUS_METRES = 0.045;
/** Largest sag, metres. */
const MAX_SAG_METRES = 0.008;

/**
 * Returns for each welded vertex (vertices of a garment at the same position count as one) how far the cloth beside it
 * may sag towards the body, metres: an edge of length e around a radius r sags by e² / 8 r. Ends of coarse cloth's edges
 * lie over the cloth beneath, and the edges cut through it. Takes the longest edge of each vertex, and at most 8 mm.
 *
 * @param positions 3 × vertices of the garment, metres, before welding.
 * @param vertices By welded vertex: index of one of its vertices in `positions`.
 * @param weld Number of welded vertices, and the neighbours of each along the cloth's edges.
 */
export function measureSag(
  positions: Float32Array,
  vertices: Uint32Array,
  { count, starts, neighbours }: Weld,
): Float32Array {
  const sags = new Float32Array(count);
  for (let w = 0; w < count; w++) {
    let longestSq = 0;
    for (let n = starts[w]; n < starts[w + 1]; n++) {
      let lengthSq = 0;
      for (let a = 0; a < 3; a++)
        lengthSq += (positions[3 * vertices[w] + a] - positions[3 * vertices[neighbours[n]] + a]) ** 2;
      longestSq = Math.max(longestSq, lengthSq);
    }
    sags[w] = Math.min(MAX_SAG_METRES, longestSq / (8 * LIMB_RADIUS_METRES));
  }
  return sags;
}

import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding, Weld } from '../garment/garment-binding.ts';

/**
 * Where the guessed body is too wide, skin vertices up to this many edges away (about 2 cm each) count as too wide too.
 */
const CLEAR_RINGS = 3;
/** Radius of a forearm, metres: the smallest radius of curvature that coarse cloth follows. */
const LIMB_RADIUS_METRES = 0.045;
/** Largest correction for coarse cloth, metres. */
const MAX_SAG_METRES = 0.008;

/**
 * Corrects `clearances` in place: the signed distances of a garment's welded vertices (vertices at the same position
 * count as one) from the skin of the body that was guessed from the garment, metres, negative inside.
 *
 * 1. If cloth is inside the guessed body, the body is too wide there. Adds the depth of the innermost vertex over this
 *    part of the skin to all clearances over it. The innermost vertex is then on the skin, and the order of layers
 *    stays.
 * 2. An edge of coarse cloth cuts through the body although its ends are outside: a chord of length e around a radius r
 *    sags by e² / 8 r. Adds this sag, at most 8 mm, for the longest edge of each vertex.
 *
 * @param skinVertices By welded vertex: index of the nearest skin vertex, −1 for none.
 * @param positions 3 × vertices of the garment, metres, before welding.
 * @param weld Number of welded vertices, and the neighbours of each along the cloth's edges.
 * @param vertices By welded vertex: index of one of its vertices in `positions`.
 * @param skin Neighbours of each of the mannequin's vertices, along its edges.
 */
export function correctClearances(
  { skinVertices, clearances }: Pick<ClothBinding, 'skinVertices' | 'clearances'>,
  positions: Float32Array,
  { weld, vertices, skin }: { weld: Weld; vertices: Uint32Array; skin: Neighbours },
): void {
  clearSkin(skin, skinVertices, clearances);
  addSag(positions, vertices, weld, clearances);
}

/** Step 1. */
function clearSkin({ starts, neighbours }: Neighbours, skinVertices: Int32Array, clearances: Float32Array): void {
  /** By skin vertex: the smallest clearance of the cloth over it, metres; 0 where none is negative. */
  let depths = new Float32Array(starts.length - 1);
  for (let w = 0; w < skinVertices.length; w++) {
    if (skinVertices[w] >= 0) depths[skinVertices[w]] = Math.min(depths[skinVertices[w]], clearances[w]);
  }
  for (let ring = 0; ring < CLEAR_RINGS; ring++) {
    depths = depths.map((depth, v) => {
      let deepest = depth;
      for (let n = starts[v]; n < starts[v + 1]; n++) deepest = Math.min(deepest, depths[neighbours[n]]);
      return deepest;
    });
  }
  for (let w = 0; w < skinVertices.length; w++) if (skinVertices[w] >= 0) clearances[w] -= depths[skinVertices[w]];
}

/** Step 2, by the longest edge of each vertex. */
function addSag(
  positions: Float32Array,
  vertices: Uint32Array,
  { count, starts, neighbours }: Weld,
  clearances: Float32Array,
): void {
  for (let w = 0; w < count; w++) {
    let longestSq = 0;
    for (let n = starts[w]; n < starts[w + 1]; n++) {
      let lengthSq = 0;
      for (let a = 0; a < 3; a++)
        lengthSq += (positions[3 * vertices[w] + a] - positions[3 * vertices[neighbours[n]] + a]) ** 2;
      longestSq = Math.max(longestSq, lengthSq);
    }
    clearances[w] += Math.min(MAX_SAG_METRES, longestSq / (8 * LIMB_RADIUS_METRES));
  }
}

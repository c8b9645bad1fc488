import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding, Weld } from '../garment/garment-binding.ts';

/** Where the guessed body is too wide, its vertices up to this many edges away (15 mm each) count as too wide too. */
const CLEAR_RINGS = 3;
/** Radius of a forearm, metres: the tightest curve that cloth follows with few vertices. */
const LIMB_RADIUS_METRES = 0.045;
/** Largest correction for coarse cloth, metres. */
const MAX_SAG_METRES = 0.008;

/**
 * Corrects, in place, the clearances (distances from the skin, metres) of cloth whose wearer's body was guessed.
 *
 * 1. Where cloth lies inside the guessed body, the guess is too wide. All cloth there moves out by the depth of the
 *    innermost, which then lies on the skin, and the order of the layers stays.
 * 2. The edges of coarse cloth cut through the body between vertices that lie outside: a chord of length e around a
 *    radius r sags by e² / 8 r. The vertices move out by that.
 *
 * @param positions 3 × vertices of the garment, metres.
 * @param vertices For each welded vertex one vertex of the garment.
 * @param skin Neighbours among the mannequin's vertices.
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
  /** By vertex of the skin: the smallest clearance of the cloth over it, 0 where none is negative. */
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

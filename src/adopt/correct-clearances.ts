import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding, Weld } from '../garment/garment-binding.ts';

/** Rings of the mannequin's vertices (15 mm each) around a place where the guessed body is too wide that count as too wide with it. */
const CLEAR_RINGS = 3;
/** Radius of a forearm, metres: the tightest curve that cloth follows with few vertices. */
const LIMB_RADIUS_METRES = 0.045;
const MAX_SAG_METRES = 0.008;

/**
 * Corrects, in place, the clearances of cloth whose wearer's body was guessed.
 *
 * 1. Where cloth lies inside the guessed body, the guess is too wide. The innermost cloth there counts as lying on the
 *    skin, and all other cloth as much further out, so that the order of the layers stays.
 * 2. Coarse cloth cuts through the body between vertices that are outside: chords of length e around a radius r sag by
 *    e² / 8 r. Its vertices count as that much further out.
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

function clearSkin({ starts, neighbours }: Neighbours, skinVertices: Int32Array, clearances: Float32Array): void {
  /** By vertex of the skin: the lowest clearance of the cloth over it, if negative. */
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

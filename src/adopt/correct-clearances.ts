import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding } from '../garment/garment-binding.ts';

/**
 * Where the guessed body is too wide, skin vertices up to this many edges away (about 2 cm each) count as too wide too.
 */
const CLEAR_RINGS = 3;

/**
 * Corrects `clearances` in place: the signed distances of a garment's welded vertices (vertices at the same position
 * count as one) from the skin of the body that was guessed from the garment, metres, negative inside.
 *
 * If cloth is inside the guessed body, the body is too wide there. Adds the depth of the innermost vertex over this
 * part of the skin to all clearances over it. The innermost vertex is then on the skin, and the order of layers stays.
 *
 * @param cloth.skinVertices By welded vertex: index of the nearest skin vertex, −1 for none.
 * @param skin Neighbours of each of the mannequin's vertices, along its edges.
 */
export function correctClearances(
  { skinVertices, clearances }: Pick<ClothBinding, 'skinVertices' | 'clearances'>,
  { starts, neighbours }: Neighbours,
): void {
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

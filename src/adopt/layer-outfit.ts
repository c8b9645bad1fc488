import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding } from '../garment/garment-binding.ts';

/** Cloth covers the skin's vertices up to this many edges away (15 mm each): coarse cloth has a vertex every 4 cm. */
const OVERLAP_RINGS = 2;

/**
 * Orders the garments of an outfit by how far they lie from the skin where they overlap: of two garments the outer is
 * further out at most of the skin's vertices that both cover. Returns, by welded vertex, how many garments its garment
 * lies over: 0 for the innermost.
 *
 * @param garmentOf By welded vertex: number of its garment, 0 first.
 * @param skin Neighbours among the mannequin's vertices.
 */
export function layerOutfit(
  garmentOf: Uint16Array,
  { skinVertices, clearances }: Pick<ClothBinding, 'skinVertices' | 'clearances'>,
  { starts, neighbours }: Neighbours,
): Uint8Array {
  const count = garmentOf.reduce((highest, g) => Math.max(highest, g), 0) + 1;
  /** By garment: its distance from each vertex of the skin, metres, NaN where it does not cover it. */
  const covers = Array.from({ length: count }, (_, g) => {
    let cover = new Float32Array(starts.length - 1).fill(NaN);
    garmentOf.forEach((garment, w) => {
      if (garment === g && skinVertices[w] >= 0) cover[skinVertices[w]] = clearances[w];
    });
    for (let ring = 0; ring < OVERLAP_RINGS; ring++) {
      cover = cover.map((distance, v) => {
        let covered = distance;
        for (let n = starts[v]; Number.isNaN(covered) && n < starts[v + 1]; n++) covered = cover[neighbours[n]];
        return covered;
      });
    }
    return cover;
  });
  const isOver = (g: number, h: number): boolean => {
    let votes = 0;
    covers[g].forEach((distance, v) => {
      const difference = distance - covers[h][v];
      if (!Number.isNaN(difference)) votes += Math.sign(difference);
    });
    return votes > 0;
  };
  const ranks = covers.map((_, g) => covers.filter((_other, h) => h !== g && isOver(g, h)).length);
  return Uint8Array.from(garmentOf, (g) => ranks[g]);
}

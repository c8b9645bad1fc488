import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding } from '../garment/garment-binding.ts';

/** Rings of the skin's vertices (15 mm each) within which garments count as lying over each other: coarse cloth has a vertex every 4 cm. */
const OVERLAP_RINGS = 2;

/**
 * Orders the garments of an outfit by how far they lie from the skin where they overlap. Returns, by welded vertex, how
 * many of the other garments its garment lies over: 0 for the innermost.
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
  /** By garment: the cloth's distance over each vertex of the skin, NaN where it has none. */
  const covers = Array.from({ length: count }, (_, g) => {
    let cover = new Float32Array(starts.length - 1).fill(NaN);
    garmentOf.forEach((of, w) => {
      if (of === g && skinVertices[w] >= 0) cover[skinVertices[w]] = clearances[w];
    });
    for (let ring = 0; ring < OVERLAP_RINGS; ring++) {
      cover = cover.map((distance, v) => {
        let found = distance;
        for (let n = starts[v]; Number.isNaN(found) && n < starts[v + 1]; n++) found = cover[neighbours[n]];
        return found;
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

import type { Neighbours } from '../garment/find-neighbours.ts';
import type { ClothBinding } from '../garment/garment-binding.ts';

/**
 * A cloth vertex covers the skin vertices up to this many edges (about 2 cm each) from its nearest one, because coarse
 * cloth has a vertex only every 4 cm.
 */
const OVERLAP_RINGS = 2;

/**
 * Orders the garments of an outfit (several garments in one file) from the skin outwards. Of two garments that overlap,
 * the outer one is further from the skin at most of the skin vertices that both cover.
 *
 * @param garmentOf By welded vertex: number of its garment, from 0.
 * @param cloth By welded vertex: its nearest skin vertex (−1 for none) and its signed distance from the skin, metres.
 * @param skin Neighbours of each of the mannequin's vertices: of v from `neighbours[starts[v]]` to, but without,
 * `neighbours[starts[v + 1]]`.
 * @returns By welded vertex: over how many garments its garment is worn, 0 for the innermost.
 */
export function layerOutfit(
  garmentOf: Uint16Array,
  { skinVertices, clearances }: Pick<ClothBinding, 'skinVertices' | 'clearances'>,
  { starts, neighbours }: Neighbours,
): Uint8Array {
  const count = garmentOf.reduce((highest, g) => Math.max(highest, g), 0) + 1;
  /** By garment: its distance from each skin vertex, metres; NaN for a skin vertex that it does not cover. */
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

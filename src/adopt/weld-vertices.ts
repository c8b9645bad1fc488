import { findNeighbours } from '../garment/find-neighbours.ts';
import type { Weld } from '../garment/garment-binding.ts';

/** Edge of the cells in which vertices count as one, metres: below any stitch, above what quantisation moves a seam (16 bits over 2 m: 0.03 mm). */
const WELD_METRES = 1e-4;

/** Welds the vertices of a mesh (positions 3 × vertices, metres) that lie in one place, and finds the welded vertices' neighbours. */
export function weldVertices(positions: Float32Array, indices: Uint16Array | Uint32Array): Weld {
  const welded = new Uint32Array(positions.length / 3);
  const byPlace = new Map<string, number>();
  for (let i = 0; i < welded.length; i++) {
    const place = `${Math.round(positions[3 * i] / WELD_METRES)} ${Math.round(positions[3 * i + 1] / WELD_METRES)} ${Math.round(positions[3 * i + 2] / WELD_METRES)}`;
    let w = byPlace.get(place);
    if (w === undefined) byPlace.set(place, (w = byPlace.size));
    welded[i] = w;
  }
  const weldedIndices = Uint32Array.from(indices, (i) => welded[i]);
  return { welded, count: byPlace.size, ...findNeighbours(weldedIndices, byPlace.size) };
}

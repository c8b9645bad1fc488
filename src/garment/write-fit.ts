import type { Garment, GarmentFit } from './garment.ts';

/** A garment's surface, by welded vertex. */
export interface FittedSurface {
  /** 3 × welded vertices in the rest pose, metres. */
  places: Float32Array;
  /** 3 × welded vertices, unit length: smooth. */
  normals: Float32Array;
  /** Welded vertices, metres: see `GarmentFit.clearances`. */
  clearances: Float32Array;
}

/**
 * Writes a surface to the vertices of the garment's parts in `target`, and raises `target.version`. Where the file's
 * normals have creases, the new ones have them too. Allocates nothing.
 */
export function writeFit(
  { parts, binding }: Garment,
  { places, normals: smoothNormals, clearances }: FittedSurface,
  target: GarmentFit,
): void {
  const { weld, firsts, normalOffsets } = binding;
  const { welded } = weld;
  for (let p = 0; p < parts.length; p++) {
    const positions = target.positions[p];
    const normals = target.normals[p];
    const offsets = normalOffsets[p];
    const standing = target.clearances[p];
    for (let i = 0; i < standing.length; i++) standing[i] = clearances[welded[firsts[p] + i]];
    for (let i = 0, v = firsts[p]; i < positions.length; i += 3, v++) {
      const w = 3 * welded[v];
      positions[i] = places[w];
      positions[i + 1] = places[w + 1];
      positions[i + 2] = places[w + 2];
      const x = smoothNormals[w] + offsets[i];
      const y = smoothNormals[w + 1] + offsets[i + 1];
      const z = smoothNormals[w + 2] + offsets[i + 2];
      const length = Math.sqrt(x * x + y * y + z * z) || 1;
      normals[i] = x / length;
      normals[i + 1] = y / length;
      normals[i + 2] = z / length;
    }
  }
  target.version++;
}

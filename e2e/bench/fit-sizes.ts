import { weldVertices } from '../../src/adopt/weld-vertices.ts';
import { createOutfit, type OutfitPiece } from '../../src/cloth/create-outfit.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import type { Clip } from './clip.ts';
import { solveClip } from './solve-clip.ts';

/** A garment of one size, fitted to a solved body: a mesh in the rest pose, metres. */
export interface FittedSize {
  /** Measures in the garment's size table, centimetres. */
  measures: Record<string, number | undefined>;
  /** x, y (up) and z of each vertex; three vertices for each triangle. Vertices in the same place are merged. */
  positions: number[];
  indices: number[];
}

/**
 * Solves the body, a shape of `mannequin`, from the first `count` frames of a clip (a filmed and tracked person), and
 * fits the garment `piece` to it in each of `sizes`, names of the garment's size table. Returns one mesh for each size,
 * in this order.
 */
export function fitSizes(
  clip: Clip,
  mannequin: Mannequin,
  piece: OutfitPiece,
  { sizes, count }: { sizes: readonly string[]; count: number },
): FittedSize[] {
  const outfit = createOutfit(mannequin);
  solveClip(clip, mannequin, outfit, { count });
  return sizes.map((size) => {
    outfit.wear([{ ...piece, size }]);
    const { garment, fit } = piece;
    const positions: number[] = [];
    const indices: number[] = [];
    garment.parts.forEach((part, p) => {
      // Vertices are merged by position before the fit: after it the two layers of a hem may touch.
      const { welded, count } = weldVertices(part.positions, part.indices);
      const start = positions.length / 3;
      const merged = new Float32Array(3 * count);
      welded.forEach((w, v) => merged.set(fit.positions[p].subarray(3 * v, 3 * v + 3), 3 * w));
      positions.push(...merged);
      indices.push(...Array.from(part.indices, (v) => start + welded[v]));
    });
    return { measures: { ...garment.manifest.sizes[size] }, positions, indices };
  });
}

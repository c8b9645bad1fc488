import { weldVertices } from '../../src/adopt/weld-vertices.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createOutfit, type OutfitPiece } from '../../src/session/create-outfit.ts';
import type { Clip } from './clip.ts';
import { solveClip } from './solve-clip.ts';

/** A garment of one size as it is fitted to a solved body, rest pose, metres. */
export interface FittedSize {
  /** Of the size table, centimetres. */
  measures: Record<string, number | undefined>;
  /** 3 × vertices and 3 × triangles; vertices in the same place are merged. */
  positions: number[];
  indices: number[];
}

/** Fits a garment in each of `sizes` to the body that is solved from the first `count` frames of a clip. */
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
      // Merged as sewn: in the fitted shape the two sides of a fold may touch.
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

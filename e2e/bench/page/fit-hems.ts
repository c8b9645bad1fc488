import { weldVertices } from '../../../src/adopt/weld-vertices.ts';
import type { TrackedFrame } from '../../../src/index.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { replayBody } from './fit-replay.ts';

/** A garment of one size as it is fitted to a solved body, rest pose, metres. */
export interface FittedSize {
  /** What the size table says, centimetres. */
  measures: Record<string, number | undefined>;
  /** 3 × vertices and 3 × triangles; vertices in one place are one. */
  positions: number[];
  indices: number[];
}

/** The garment in each of `sizes` on the body that was solved from `tracked`. */
export async function fitSizes(
  tracked: readonly TrackedFrame[],
  mannequin: Mannequin,
  garment: string,
  stature: number,
  sizes: readonly string[],
): Promise<FittedSize[]> {
  const fitted: FittedSize[] = [];
  for (const size of sizes) {
    const { wardrobe } = await replayBody(tracked, mannequin, { stature, garment, size });
    const [{ fit, garment: worn }] = wardrobe.worn;
    const positions: number[] = [];
    const indices: number[] = [];
    worn.parts.forEach((part, p) => {
      // Welded as sewn: in the fitted shape a fold may touch.
      const { welded, count } = weldVertices(part.positions, part.indices);
      const start = positions.length / 3;
      const merged = new Float32Array(3 * count);
      welded.forEach((w, v) => merged.set(fit.positions[p].subarray(3 * v, 3 * v + 3), 3 * w));
      positions.push(...merged);
      indices.push(...Array.from(part.indices, (v) => start + welded[v]));
    });
    fitted.push({ measures: { ...worn.manifest.sizes[size] }, positions, indices });
    wardrobe.dispose();
  }
  return fitted;
}

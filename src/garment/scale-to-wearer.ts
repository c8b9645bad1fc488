import { boneIndex } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import type { Garment } from './garment.ts';

/** Index of the height of the neck's joint among joints: it tells the size of a skeleton. */
const NECK_HEIGHT = 3 * boneIndex.neck + 1;

/**
 * Returns how many times as large as modelled a garment is shown in `size` (a key of its manifest's sizes) on a body. A
 * size with finished measures keeps them: returns 1. Without any, nothing says which size this is, so it is shown in
 * the wearer's: the ratio of the height of the neck's joint on this body (`shape.joints`, 3 × BONE_COUNT, metres, y up)
 * to that on the body that the garment was modelled on.
 */
export function scaleToWearer(
  { manifest: { sizes, baseSize }, binding }: Garment,
  { joints }: MannequinShape,
  size: string,
): number {
  const measures = Object.hasOwn(sizes, size) ? sizes[size] : sizes[baseSize];
  for (const _ in measures) return 1;
  return joints[NECK_HEIGHT] / binding.joints[NECK_HEIGHT];
}

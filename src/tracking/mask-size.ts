/** Limit of the longer side of a person mask, pixels: the networks' input is not finer. */
export const MAX_MASK_SIDE = 256;

/**
 * Size of the person mask of a frame of `frameWidth` × `frameHeight` pixels: the same aspect, at most `MAX_MASK_SIDE`.
 */
export function maskSize(frameWidth: number, frameHeight: number): { width: number; height: number } {
  const scale = Math.min(1, MAX_MASK_SIDE / Math.max(frameWidth, frameHeight));
  return { width: Math.max(1, Math.round(frameWidth * scale)), height: Math.max(1, Math.round(frameHeight * scale)) };
}

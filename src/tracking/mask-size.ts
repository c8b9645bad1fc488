/** Limit of the longer side of a person mask, px: the networks' input is no longer on a side. */
export const MAX_MASK_SIDE = 256;

/**
 * Computes the size of the person mask of a frame of `frameWidth` × `frameHeight` pixels: the same aspect, the longer
 * side at most `MAX_MASK_SIDE`, never larger than the frame. Returns whole pixels, at least 1.
 */
export function maskSize(frameWidth: number, frameHeight: number): { width: number; height: number } {
  const scale = Math.min(1, MAX_MASK_SIDE / Math.max(frameWidth, frameHeight));
  return { width: Math.max(1, Math.round(frameWidth * scale)), height: Math.max(1, Math.round(frameHeight * scale)) };
}

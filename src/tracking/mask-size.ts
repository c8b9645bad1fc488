/** Longer side of a person mask, pixels: as fine as the networks' own view. */
export const MAX_MASK_SIDE = 256;

/** Pixels of the person mask of a frame of `frameWidth` × `frameHeight`: its aspect, at most 256 on the longer side. */
export function maskSize(frameWidth: number, frameHeight: number): { width: number; height: number } {
  const scale = Math.min(1, MAX_MASK_SIDE / Math.max(frameWidth, frameHeight));
  return { width: Math.max(1, Math.round(frameWidth * scale)), height: Math.max(1, Math.round(frameHeight * scale)) };
}

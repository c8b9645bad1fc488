import type { Region } from './region.ts';

/** Numbers of an affine transform: `target = (a·x + b·y + c, d·x + e·y + f)`. */
export const AFFINE_VALUES = 6;

/**
 * From pixels of a crop of side `cropSize` to texture coordinates (0..1) of a frame of `frameWidth` × `frameHeight` pixels,
 * both counted at pixel centres as a GPU does (the first one is 0.5). Writes a, b, c, d, e, f.
 */
export function cropToTexture(
  region: Region,
  cropSize: number,
  frameWidth: number,
  frameHeight: number,
  target: Float32Array | number[],
): void {
  const cos = Math.cos(region.rotation) * region.size;
  const sin = Math.sin(region.rotation) * region.size;
  target[0] = cos / cropSize / frameWidth;
  target[1] = -sin / cropSize / frameWidth;
  target[2] = (region.x - (cos - sin) / 2) / frameWidth;
  target[3] = sin / cropSize / frameHeight;
  target[4] = cos / cropSize / frameHeight;
  target[5] = (region.y - (sin + cos) / 2) / frameHeight;
}

/**
 * From whole-number pixels of a mask of `width` × `height` over the frame to whole-number pixels of the crop that `region`
 * was cut from (the first one is 0 in both, so that fractions are the weights of bilinear sampling). Writes a … f.
 */
export function maskToCrop(
  region: Region,
  cropSize: number,
  frameWidth: number,
  frameHeight: number,
  width: number,
  height: number,
  target: Float32Array | number[],
): void {
  const cos = (Math.cos(region.rotation) / region.size) * cropSize;
  const sin = (Math.sin(region.rotation) / region.size) * cropSize;
  const stepX = frameWidth / width;
  const stepY = frameHeight / height;
  const dx = stepX / 2 - region.x;
  const dy = stepY / 2 - region.y;
  const middle = cropSize / 2 - 0.5;
  target[0] = cos * stepX;
  target[1] = sin * stepY;
  target[2] = cos * dx + sin * dy + middle;
  target[3] = -sin * stepX;
  target[4] = cos * stepY;
  target[5] = -sin * dx + cos * dy + middle;
}

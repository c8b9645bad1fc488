import type { Region } from './region.ts';

/**
 * The six numbers a, b, c, d, e, f of an affine transform of the plane, in this order: (x, y) becomes
 * (a·x + b·y + c, d·x + e·y + f).
 */
export type Affine = Float32Array | number[];

/** Number of values of an affine. */
export const AFFINE_VALUES = 6;

/**
 * Writes the affine from positions in a crop to positions in the frame that it was cut from, both in pixels. In both
 * pictures x points right, y points down, and the centre of the first pixel has the coordinates (0.5, 0.5).
 *
 * @param region part of the frame that the crop shows, frame pixels, rotation in radians.
 * @param cropSize side of the crop, px.
 * @param target receives the six values.
 */
export function cropToFrameAffine(region: Region, cropSize: number, target: Affine): void {
  const scale = region.size / cropSize;
  const cos = Math.cos(region.rotation) * scale;
  const sin = Math.sin(region.rotation) * scale;
  target[0] = cos;
  target[1] = -sin;
  target[2] = region.x - (cos - sin) * (cropSize / 2);
  target[3] = sin;
  target[4] = cos;
  target[5] = region.y - (sin + cos) * (cropSize / 2);
}

/**
 * Writes the affine from positions in the frame to positions in the crop, in pixels: the inverse of
 * `cropToFrameAffine`, with the same parameters.
 */
export function frameToCropAffine(region: Region, cropSize: number, target: Affine): void {
  const scale = cropSize / region.size;
  const cos = Math.cos(region.rotation) * scale;
  const sin = Math.sin(region.rotation) * scale;
  target[0] = cos;
  target[1] = sin;
  target[2] = cropSize / 2 - cos * region.x - sin * region.y;
  target[3] = -sin;
  target[4] = cos;
  target[5] = cropSize / 2 + sin * region.x - cos * region.y;
}

/**
 * Writes the affine from positions in a crop (px, centre of the first pixel at (0.5, 0.5)) to texture coordinates of
 * the frame, (0, 0) at its top left corner and (1, 1) at its bottom right.
 *
 * @param region part of the frame that the crop shows, frame pixels.
 * @param cropSize side of the crop, px.
 * @param frameWidth width of the frame, px, as `frameHeight`.
 * @param target receives the six values.
 */
export function cropToTextureAffine(
  region: Region,
  cropSize: number,
  frameWidth: number,
  frameHeight: number,
  target: Affine,
): void {
  cropToFrameAffine(region, cropSize, target);
  for (let i = 0; i < 3; i++) {
    target[i] /= frameWidth;
    target[3 + i] /= frameHeight;
  }
}

/**
 * Writes the affine from pixel indices (column, row) of a mask that covers the whole frame to pixel indices of the
 * crop. Indices count from 0 at the centre of the first pixel, so that their fractions are the weights of bilinear
 * sampling.
 *
 * @param region part of the frame that the crop shows, frame pixels.
 * @param cropSize side of the crop, px.
 * @param frameWidth width of the frame, px, as `frameHeight`.
 * @param maskWidth width of the mask, px, as `maskHeight`.
 * @param target receives the six values.
 */
export function maskToCropAffine(
  region: Region,
  cropSize: number,
  frameWidth: number,
  frameHeight: number,
  maskWidth: number,
  maskHeight: number,
  target: Affine,
): void {
  frameToCropAffine(region, cropSize, target);
  const stepX = frameWidth / maskWidth;
  const stepY = frameHeight / maskHeight;
  for (let i = 0; i < AFFINE_VALUES; i += 3) {
    // The centre of the first pixel is half a pixel from the edge, in the mask and in the crop.
    target[i + 2] += target[i] * (stepX / 2) + target[i + 1] * (stepY / 2) - 0.5;
    target[i] *= stepX;
    target[i + 1] *= stepY;
  }
}

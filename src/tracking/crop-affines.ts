import type { Region } from './region.ts';

/** Six numbers a … f of an affine transform of the plane: (x, y) becomes (a·x + b·y + c, d·x + e·y + f). */
export type Affine = Float32Array | number[];

export const AFFINE_VALUES = 6;

/**
 * From the pixels of a crop to the pixels of the frame that it was cut from.
 *
 * In both pictures the centre of the first pixel has the coordinates (0.5, 0.5).
 *
 * @param region part of the frame that the crop shows, frame pixels.
 * @param cropSize side of the crop, pixels.
 * @param target receives a … f.
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

/** The inverse of `cropToFrameAffine`: from the pixels of the frame to the pixels of the crop. */
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
 * From the pixels of a crop, the first pixel's centre at (0.5, 0.5), to texture coordinates 0..1 of a frame of
 * `frameWidth` × `frameHeight` pixels.
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
 * From pixel indices of a mask that covers the whole frame to pixel indices of the crop that `region` was cut into.
 *
 * Indices count from 0 at the centre of the first pixel, so that their fractions are the weights of bilinear sampling.
 *
 * @param frameWidth pixels of the frame, as `frameHeight`.
 * @param maskWidth pixels of the mask, as `maskHeight`.
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
    // Half a mask pixel lies before the first mask centre, half a crop pixel before the first crop centre.
    target[i + 2] += target[i] * (stepX / 2) + target[i + 1] * (stepY / 2) - 0.5;
    target[i] *= stepX;
    target[i + 1] *= stepY;
  }
}

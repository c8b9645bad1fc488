import type { PixelClasses } from '../tracking/tracker.ts';

/** A rectangle in the picture: shares of its width and height from the top left. */
export interface PictureBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Which pixels a box holds. */
export interface BoxedPixels {
  /** First of the channels of `PixelClasses.data` that count: 0, hair and all after it; 2, own clothes only. */
  firstChannel: 0 | 2;
  /** Sum of these channels, 0..255, from which a pixel counts. */
  least: number;
  /** Pixels around them that count too. */
  margin: number;
}

/** Writes the rectangle that holds all pixels that count, with a margin; an empty one if there are none. */
export function boxClasses(
  { width, height, data }: PixelClasses,
  { firstChannel, least, margin }: BoxedPixels,
  target: PictureBox,
): PictureBox {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 4) {
      let sum = data[pixel + 2] + data[pixel + 3];
      if (firstChannel === 0) sum += data[pixel] + data[pixel + 1];
      if (sum < least) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  const isEmpty = right < 0;
  target.left = isEmpty ? 0 : Math.max(0, left - margin) / width;
  target.top = isEmpty ? 0 : Math.max(0, top - margin) / height;
  target.right = isEmpty ? 0 : Math.min(width, right + 1 + margin) / width;
  target.bottom = isEmpty ? 0 : Math.min(height, bottom + 1 + margin) / height;
  return target;
}

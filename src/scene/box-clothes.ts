import type { PixelClasses } from '../tracking/tracker.ts';

/** A rectangle in the picture: shares of its width and height from the top left. */
export interface ClothesBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Probability of own clothes, 0..255, from which a pixel counts. Below it nothing is erased. */
const MIN_PROBABILITY = 10;
/** Pixels around the clothes that count too: each erased pixel looks at its neighbours. */
const MARGIN_PIXELS = 2;

/** Writes the rectangle that holds all own clothes, with a margin; an empty one if there are none. */
export function boxClothes({ width, height, data }: PixelClasses, target: ClothesBox): ClothesBox {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel += 4) {
      if (data[pixel + 2] + data[pixel + 3] < MIN_PROBABILITY) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  const isEmpty = right < 0;
  target.left = isEmpty ? 0 : Math.max(0, left - MARGIN_PIXELS) / width;
  target.top = isEmpty ? 0 : Math.max(0, top - MARGIN_PIXELS) / height;
  target.right = isEmpty ? 0 : Math.min(width, right + 1 + MARGIN_PIXELS) / width;
  target.bottom = isEmpty ? 0 : Math.min(height, bottom + 1 + MARGIN_PIXELS) / height;
  return target;
}

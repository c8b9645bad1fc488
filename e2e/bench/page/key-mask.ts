import type { PersonMask } from '../../../src/index.ts';

/** CSS colour of the background before which people are filmed to be cut out. No clothes have it. */
export const KEY_COLOR = '#00ff00';

/** Returns green minus the larger of red and blue, −255..255; `i` is the index of the pixel's red. */
function greenness(rgba: ArrayLike<number>, i: number): number {
  return rgba[i + 1] - Math.max(rgba[i], rgba[i + 2]);
}

/**
 * Returns the mask of a person in front of a background of `KEY_COLOR`: coverage of each pixel, 0 (background) to 255.
 * `data`: RGBA, 0..255, rows from the top. The first pixel must show the background.
 */
export function keyMask({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): PersonMask {
  const backgroundGreenness = greenness(data, 0);
  if (backgroundGreenness < 128) throw new Error('the picture has no key colour');
  const mask = new Uint8ClampedArray(width * height);
  for (let i = 0; i < mask.length; i++) mask[i] = 255 * (1 - greenness(data, 4 * i) / backgroundGreenness);
  return { width, height, data: mask };
}

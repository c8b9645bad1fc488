import type { PersonMask } from '../../../src/index.ts';

/** What people are filmed before to be cut out: nothing on them is as green. */
export const KEY_COLOR = '#00ff00';

/** How much greener than all else a pixel is. */
function greenness(rgba: ArrayLike<number>, i: number): number {
  return rgba[i + 1] - Math.max(rgba[i], rgba[i + 2]);
}

/** Coverage by whoever stands before the key colour, 0..255, from the pixels of a picture whose first is the background's. */
export function keyMask({ width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>): PersonMask {
  const whole = greenness(data, 0);
  if (whole < 128) throw new Error('the picture has no key colour');
  const mask = new Uint8ClampedArray(width * height);
  for (let i = 0; i < mask.length; i++) mask[i] = 255 * (1 - greenness(data, 4 * i) / whole);
  return { width, height, data: mask };
}

// Compares the colours of a garment in two pictures of the same person.
import type { PersonMask } from '../../src/tracking/tracker.ts';
import { deltaE2000, type Lab } from './delta-e-2000.ts';
import { toLab } from './to-lab.ts';

/** How the colours of the first picture differ from those of the second, over the garment's pixels in both. */
export interface ColourDifference {
  /** Mean CIEDE2000. */
  deltaE: number;
  /** Mean of L, a and b of the first picture less the second's. */
  bias: [number, number, number];
  /** Mean CIEDE2000 that is left when the mean difference is taken away: shading, not level or colour. */
  shading: number;
}

/** Coverage (0..255) from which a pixel belongs to a mask. */
const HALF = 128;
/** Colours are compared as means of squares of this side, pixels: a camera's grain is no colour. */
const SQUARE_PIXELS = 5;

/** Compares two pictures (RGBA) where all of `masks` (of the pictures' size) show the garment; NaN without any place. */
export function compareColours(a: ImageData, b: ImageData, masks: readonly PersonMask[]): ColourDifference {
  const { width, height } = a;
  const pairs: [Lab, Lab][] = [];
  const [labA, labB] = [toLab(a.data), toLab(b.data)];
  for (let top = 0; top + SQUARE_PIXELS <= height; top += SQUARE_PIXELS)
    for (let left = 0; left + SQUARE_PIXELS <= width; left += SQUARE_PIXELS) {
      const pixels = Array.from(
        { length: SQUARE_PIXELS ** 2 },
        (_, i) => (top + Math.floor(i / SQUARE_PIXELS)) * width + left + (i % SQUARE_PIXELS),
      );
      if (!pixels.every((i) => masks.every(({ data }) => data[i] >= HALF))) continue;
      pairs.push([meanOf(labA, pixels), meanOf(labB, pixels)]);
    }
  const mean = (value: (a: Lab, b: Lab) => number): number =>
    pairs.reduce((sum, [a, b]) => sum + value(a, b), 0) / pairs.length;
  const bias = [0, 1, 2].map((k) => mean((a, b) => a[k] - b[k])) as [number, number, number];
  return {
    deltaE: mean(deltaE2000),
    bias,
    shading: mean((a, b) => deltaE2000([a[0] - bias[0], a[1] - bias[1], a[2] - bias[2]], b)),
  };
}

/** Returns the mean colour of some pixels. `lab`: L, a and b of each pixel. */
function meanOf(lab: Float32Array, pixels: readonly number[]): Lab {
  const sum: [number, number, number] = [0, 0, 0];
  for (const i of pixels) for (let k = 0; k < 3; k++) sum[k] += lab[3 * i + k] / pixels.length;
  return sum;
}

import { CLASSES } from './body-prior.ts';

/**
 * Spreads evidence along surfaces: from pixel to pixel, unless an edge of the picture lies between. A recursive filter
 * runs over the rows to the right and to the left, and over the columns down and up; its weight between two pixels
 * falls with their difference of colour. Source: Gastal and Oliveira, "Domain Transform for Edge-Aware Image and Video
 * Processing", 2011 (recursive filtering, one iteration).
 */

/** A part of a picture, pixels: columns from `left` to before `right`, rows from `top` to before `bottom`. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How far evidence spreads on an even surface, mask pixels (standard deviation). */
const REACH = 2.5;
/**
 * A difference of this many times the picture's mean difference counts as a further pixel of distance: in a noisy
 * picture, larger differences are no edges.
 */
const EDGE_SHARE = 0.6;
/** The least difference that counts as a pixel of distance, sum over three channels of 0..255. */
const MIN_EDGE = 5;
/** Differences from here on count as this one; its weight is nearly 0. */
const MAX_DIFFERENCE = 255;
/** Weight between two pixels of the same colour. */
const EVEN_WEIGHT = Math.exp(-Math.SQRT2 / REACH);

/** The filter, with memory for pictures of one size. */
export class EvidenceSpreader {
  /** Weights between each pixel and the one to its left, and the one above. */
  #fromLeft = new Float32Array(0);
  #fromTop = new Float32Array(0);
  readonly #weights = new Float32Array(MAX_DIFFERENCE + 1);
  #meanDifference = 0;

  /**
   * Computes the weights for a picture; `rgb`: 4 bytes a pixel (red, green, blue, unused), `width` pixels a row. Only
   * pixels in `box` are read.
   */
  setPicture(rgb: Uint8ClampedArray, width: number, box: Box): void {
    const length = rgb.length / 4;
    if (this.#fromLeft.length !== length) {
      this.#fromLeft = new Float32Array(length);
      this.#fromTop = new Float32Array(length);
    }
    const edge = Math.max(MIN_EDGE, EDGE_SHARE * this.#meanDifference);
    for (let difference = 0; difference <= MAX_DIFFERENCE; difference++)
      this.#weights[difference] = EVEN_WEIGHT ** (1 + difference / edge);
    let sum = 0;
    for (let row = box.top; row < box.bottom; row++) {
      for (let i = row * width + box.left, end = row * width + box.right; i < end; i++) {
        const across = differenceOf(rgb, 4 * i, 4 * (i - 1));
        this.#fromLeft[i] = i % width === 0 ? 0 : this.#weights[across];
        this.#fromTop[i] = row === 0 ? 0 : this.#weights[differenceOf(rgb, 4 * i, 4 * (i - width))];
        sum += across;
      }
    }
    this.#meanDifference = sum / Math.max(1, (box.right - box.left) * (box.bottom - box.top));
  }

  /** Forgets how noisy the picture is. */
  reset(): void {
    this.#meanDifference = 0;
  }

  /** Spreads `evidence`, `CLASSES` values a pixel, `width` pixels a row, in `box`. */
  spread(evidence: Float32Array, width: number, { left, top, right, bottom }: Box): void {
    for (let row = top; row < bottom; row++) {
      const start = row * width;
      for (let i = start + left + 1; i < start + right; i++) follow(evidence, i, i - 1, this.#fromLeft[i]);
      for (let i = start + right - 2; i >= start + left; i--) follow(evidence, i, i + 1, this.#fromLeft[i + 1]);
    }
    for (let row = top + 1; row < bottom; row++) {
      for (let i = row * width + left, end = row * width + right; i < end; i++)
        follow(evidence, i, i - width, this.#fromTop[i]);
    }
    for (let row = bottom - 2; row >= top; row--) {
      for (let i = row * width + left, end = row * width + right; i < end; i++)
        follow(evidence, i, i + width, this.#fromTop[i + width]);
    }
  }
}

/** Sum of the differences of red, green and blue of two pixels, at most `MAX_DIFFERENCE`. */
function differenceOf(rgb: Uint8ClampedArray, a: number, b: number): number {
  const sum = Math.abs(rgb[a] - rgb[b]) + Math.abs(rgb[a + 1] - rgb[b + 1]) + Math.abs(rgb[a + 2] - rgb[b + 2]);
  return Math.min(sum, MAX_DIFFERENCE);
}

/** Moves the evidence of pixel `i` towards that of pixel `from`, by the share `weight`. */
function follow(evidence: Float32Array, i: number, from: number, weight: number): void {
  const to = CLASSES * i;
  const of = CLASSES * from;
  evidence[to] += weight * (evidence[of] - evidence[to]);
  evidence[to + 1] += weight * (evidence[of + 1] - evidence[to + 1]);
  evidence[to + 2] += weight * (evidence[of + 2] - evidence[to + 2]);
  evidence[to + 3] += weight * (evidence[of + 3] - evidence[to + 3]);
}

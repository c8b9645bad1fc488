import type { Box } from './box.ts';
import type { ParserKernel } from './parser-kernel.ts';

/**
 * Spreads evidence along surfaces: from pixel to pixel, unless an edge of the picture lies between. A recursive filter
 * runs over the rows to the right and to the left, and over the columns down and up; its weight between two pixels
 * falls with their difference of colour. Source: Gastal and Oliveira, "Domain Transform for Edge-Aware Image and Video
 * Processing", 2011 (recursive filtering, one iteration).
 */

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

/** Pixels that the kernel compares at once; it leaves the first of a row out of the sum of differences. */
const STEP = 4;

/** The filter, in the kernel's memory. */
export class EvidenceSpreader {
  readonly #kernel: ParserKernel;
  #meanDifference = 0;

  constructor(kernel: ParserKernel) {
    this.#kernel = kernel;
  }

  /** Computes the weights between the neighbours in `box` of the kernel's picture. */
  setPicture({ left, top, right, bottom }: Box): void {
    const { edgeWeights, functions } = this.#kernel;
    const edge = Math.max(MIN_EDGE, EDGE_SHARE * this.#meanDifference);
    const step = EVEN_WEIGHT ** (1 / edge);
    let weight = EVEN_WEIGHT;
    for (let difference = 0; difference <= MAX_DIFFERENCE; difference++, weight *= step)
      edgeWeights[difference] = weight;
    const sum = functions.weighEdges(left, top, right, bottom);
    const compared = (bottom - top) * STEP * (Math.floor((right - left) / STEP) - 1);
    this.#meanDifference = compared > 0 ? sum / compared : 0;
  }

  /** Forgets how noisy the picture is. */
  reset(): void {
    this.#meanDifference = 0;
  }

  /** Spreads the kernel's evidence in `box`. */
  spread({ left, top, right, bottom }: Box): void {
    this.#kernel.functions.spread(left, top, right, bottom);
  }
}

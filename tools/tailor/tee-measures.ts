/** Finished measures of a crew-neck T-shirt, metres. Girths go all the way round; widths are measured laid flat. */
export interface TeeMeasures {
  /** Girth one inch below the armhole. */
  chest: number;
  /** Girth at the hem. */
  hem: number;
  /** Vertical, from the high point of the shoulder (beside the neck) to the hem. */
  length: number;
  /** Width between the shoulder points (where the shoulder meets the sleeve), across the back. */
  acrossShoulder: number;
  /** Height of the shoulder's high point over the shoulder point. */
  shoulderDrop: number;
  /** Vertical, from the high point of the shoulder to the underarm. */
  armholeDepth: number;
  /** From seam to seam across the neck opening. */
  neckWidth: number;
  /** Depth of the neckline at the centre, below the high point of the shoulder. */
  neckDropFront: number;
  neckDropBack: number;
  /** From the shoulder point to the sleeve's hem. */
  sleeve: number;
  /** Girth of the sleeve's hem. */
  sleeveOpening: number;
  /** Height of the sleeve cap: a low cap lets the arm rise, a high cap hangs with fewer folds. */
  capHeight: number;
  /** Visible width of the neck rib. */
  ribWidth: number;
}

/** All sizes, ascending. */
export const teeSizes = ['XS', 'S', 'M', 'L', 'XL', 'XXL'] as const;
/** One of `teeSizes`. */
export type TeeSize = (typeof teeSizes)[number];
/** The size that the pattern is drafted in and graded from. */
export const baseTeeSize: TeeSize = 'M';

/** Size M, metres: a chest of 110 cm over the base body of 100 cm is what the trade calls a regular fit. */
const BASE_MEASURES: TeeMeasures = {
  chest: 1.1,
  hem: 1.12,
  length: 0.67,
  acrossShoulder: 0.43,
  shoulderDrop: 0.047,
  armholeDepth: 0.245,
  neckWidth: 0.164,
  neckDropFront: 0.102,
  neckDropBack: 0.022,
  sleeve: 0.21,
  sleeveOpening: 0.355,
  capHeight: 0.092,
  ribWidth: 0.02,
};

/**
 * Change from one size to the next, metres: 5 cm in girth and 2 cm in length, as in most European charts, less at the
 * neck.
 */
const GRADING: TeeMeasures = {
  chest: 0.05,
  hem: 0.05,
  length: 0.02,
  acrossShoulder: 0.018,
  shoulderDrop: 0.001,
  armholeDepth: 0.008,
  neckWidth: 0.004,
  neckDropFront: 0.003,
  neckDropBack: 0,
  sleeve: 0.007,
  sleeveOpening: 0.015,
  capHeight: 0.002,
  ribWidth: 0,
};

/** Returns the finished measures of one size, metres. */
export function teeMeasures(size: TeeSize): TeeMeasures {
  const steps = teeSizes.indexOf(size) - teeSizes.indexOf(baseTeeSize);
  const measures = { ...BASE_MEASURES };
  for (const key of Object.keys(GRADING) as (keyof TeeMeasures)[]) measures[key] += steps * GRADING[key];
  return measures;
}

// A mask is steadied in time: where a new value is undecided (near 0.5) it leans on the previous one, where it is sure it stands:
// value + (previous − value) × (1 − min(1, sureness)) × PREVIOUS_RATIO.
// The polynomial approximates the entropy of a coin with that probability; source: MediaPipe, SegmentationSmoothingCalculator.

/** How much of the previous mask is kept where the new one is wholly undecided. */
export const PREVIOUS_RATIO = 0.7;
/** How sure a value is: factors of a polynomial in its squared distance from 0.5, from the first power to the fifth. */
export const SURENESS = [5.68842, -0.748699, -57.8051, 291.309, -624.717] as const;

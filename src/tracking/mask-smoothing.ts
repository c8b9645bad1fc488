// Constants of the smoothing of a person mask over time, for the kernel in WebAssembly and the shader of WebGPU. Values
// are coverages 0..1. A new value that is uncertain (near 0.5) moves towards the previous value, a certain value stays:
// value + (previous − value) × (1 − min(1, certainty)) × PREVIOUS_RATIO, where certainty is the polynomial of
// CERTAINTY_FACTORS at (value − 0.5)². Source: MediaPipe, SegmentationSmoothingCalculator.

/** Weight 0..1 of the previous value where the new value is 0.5. */
export const PREVIOUS_RATIO = 0.7;
/**
 * Certainty 0..1 of a value: factors of a polynomial in its squared distance from 0.5, from the first power to the
 * fifth. It approximates 1 minus the entropy of a coin with that probability.
 */
export const CERTAINTY_FACTORS = [5.68842, -0.748699, -57.8051, 291.309, -624.717] as const;

/** How much of the previous mask is kept where the new one is wholly undecided. */
export const PREVIOUS_RATIO = 0.7;
/** How sure a value is: factors of a polynomial in its squared distance from 0.5, from the first power to the fifth. */
export const SURENESS = [5.68842, -0.748699, -57.8051, 291.309, -624.717] as const;
const [s1, s2, s3, s4, s5] = SURENESS;

/**
 * Steadies a mask in time: where the new value is undecided (near 0.5) it leans on the previous one, where it is sure it
 * stands. Values 0..1; `mask` is changed in place.
 * The polynomial approximates the entropy of a coin with that probability; source: MediaPipe, SegmentationSmoothingCalculator.
 */
export const smoothMask = (mask: Float32Array, previous: Float32Array, length: number): void => {
  for (let i = 0; i < length; i++) {
    const value = mask[i];
    // Wholly sure, as most of a mask is: the polynomial is 1 there.
    if (value === 0 || value === 1) continue;
    const centred = value - 0.5;
    const x = centred * centred;
    const sure = x * (s1 + x * (s2 + x * (s3 + x * (s4 + x * s5))));
    const uncertainty = 1 - Math.min(1, sure);
    mask[i] = value + (previous[i] - value) * uncertainty * PREVIOUS_RATIO;
  }
};

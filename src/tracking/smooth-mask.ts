/** How much of the previous mask is kept where the new one is wholly undecided. */
const PREVIOUS_RATIO = 0.7;

/**
 * Steadies a mask in time: where the new value is undecided (near 0.5) it leans on the previous one, where it is sure it
 * stands. Values 0..1; `mask` is changed in place.
 * The polynomial approximates the entropy of a coin with that probability; source: MediaPipe, SegmentationSmoothingCalculator.
 */
export const smoothMask = (mask: Float32Array, previous: Float32Array, length: number): void => {
  for (let i = 0; i < length; i++) {
    const value = mask[i];
    const centred = value - 0.5;
    const x = centred * centred;
    const sure = x * (5.68842 + x * (-0.748699 + x * (-57.8051 + x * (291.309 + x * -624.717))));
    const uncertainty = 1 - Math.min(1, sure);
    mask[i] = value + (previous[i] - value) * uncertainty * PREVIOUS_RATIO;
  }
};

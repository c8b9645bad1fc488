/** A logit beyond ± this is a certainty at 8 bits; it spares most of a mask's exponentials. */
const CERTAIN_LOGIT = 7;

/** Logits to probabilities 0..1, in place. */
export const decodeLogits = (values: Float32Array): void => {
  for (let i = 0; i < values.length; i++) {
    const logit = values[i];
    values[i] = logit > CERTAIN_LOGIT ? 1 : logit < -CERTAIN_LOGIT ? 0 : 1 / (1 + Math.exp(-logit));
  }
};

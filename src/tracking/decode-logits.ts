/** A logit beyond ± this is a certainty at 8 bits. */
const CERTAIN_LOGIT = 7;
/** Steps of the table to one logit: neighbours differ by less than a quarter of what 8 bits tell apart. */
const STEPS = 256;

const table = Float32Array.from({ length: 2 * CERTAIN_LOGIT * STEPS + 1 }, (_, i) => 1 / (1 + Math.exp(CERTAIN_LOGIT - i / STEPS)));
const last = table.length - 1;

/** Logits to probabilities 0..1. */
export const decodeLogits = (logits: Float32Array, target: Float32Array): void => {
  for (let i = 0; i < logits.length; i++) {
    const at = (logits[i] + CERTAIN_LOGIT) * STEPS;
    target[i] = at < 0 ? 0 : at > last ? 1 : table[at | 0];
  }
};

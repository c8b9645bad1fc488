import { sigmoid } from '../math/sigmoid.ts';
import { DETECTOR_SIZE } from './ssd-anchors.ts';

/** Number of values of a raw box: centre x, y, width, height, 4 key points × (x, y). */
export const BOX_VALUES = 12;
/** Number of values of a decoded detection: score, left, top, right, bottom, 4 key points × (x, y). */
export const DETECTION_VALUES = 13;
/** Probability below which a detection is dropped. */
const MIN_SCORE = 0.5;
/** The logit of `MIN_SCORE`: to compare logits saves 2254 exponentials. */
export const MIN_LOGIT = Math.log(MIN_SCORE / (1 - MIN_SCORE));
/** Scores are clamped to this logit, as in MediaPipe. */
const MAX_LOGIT = 100;

/**
 * Decodes the person detector's outputs into detections of probability 0.5 and more (or of another logit), in
 * coordinates of the detector's square input: 0..1, x right, y down. The detector gives one box and one score for each
 * of 2254 anchors, which are fixed points of the input. The key points of a person are the middle of the hips, a point
 * on the circle around the whole body, the middle of the shoulders, and a point on the circle around the upper body.
 *
 * @param boxes 2254 × `BOX_VALUES`, pixels of the 224 × 224 input, relative to the anchor.
 * @param scores 2254 logits.
 * @param anchors 2254 × (x, y), 0..1, from `createSsdAnchors`.
 * @param target receives as many detections as fit, in the order of the anchors, `DETECTION_VALUES` each; the score is
 * a probability 0..1. The rest of the array is unchanged.
 * @param minLogit logit below which a detection is dropped.
 * @returns number of detections written.
 *
 * Source: MediaPipe, TensorsToDetectionsCalculator.
 */
export function decodeDetections(
  boxes: Float32Array,
  scores: Float32Array,
  anchors: Float32Array,
  target: Float32Array,
  minLogit = MIN_LOGIT,
): number {
  const capacity = Math.floor(target.length / DETECTION_VALUES);
  let count = 0;
  for (let i = 0; i < scores.length && count < capacity; i++) {
    if (scores[i] < minLogit) continue;
    const box = i * BOX_VALUES;
    const anchorX = anchors[2 * i];
    const anchorY = anchors[2 * i + 1];
    const x = boxes[box] / DETECTOR_SIZE + anchorX;
    const y = boxes[box + 1] / DETECTOR_SIZE + anchorY;
    const halfWidth = boxes[box + 2] / DETECTOR_SIZE / 2;
    const halfHeight = boxes[box + 3] / DETECTOR_SIZE / 2;
    const offset = count++ * DETECTION_VALUES;
    target[offset] = sigmoid(Math.min(scores[i], MAX_LOGIT));
    target[offset + 1] = x - halfWidth;
    target[offset + 2] = y - halfHeight;
    target[offset + 3] = x + halfWidth;
    target[offset + 4] = y + halfHeight;
    for (let k = 4; k < BOX_VALUES; k += 2) {
      target[offset + 1 + k] = boxes[box + k] / DETECTOR_SIZE + anchorX;
      target[offset + 2 + k] = boxes[box + k + 1] / DETECTOR_SIZE + anchorY;
    }
  }
  return count;
}

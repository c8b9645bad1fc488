import { DETECTOR_SIZE } from './ssd-anchors.ts';

/** Values of a raw box: centre, size, 4 key points × (x, y). */
export const BOX_VALUES = 12;
/** Values of a decoded detection: score, left, top, right, bottom, 4 key points × (x, y). */
export const DETECTION_VALUES = 13;
const MIN_SCORE = 0.5;
/** The logit of `MIN_SCORE`, which spares 2254 exponentials. */
const MIN_LOGIT = Math.log(MIN_SCORE / (1 - MIN_SCORE));
const MAX_LOGIT = 100;

/**
 * Turns the detector's outputs into detections, normalised to its square input, and returns how many it wrote into
 * `target` (`DETECTION_VALUES` each; as many as fit). `boxes`: 2254 × 12 raw values in input pixels relative to the
 * anchor, `scores`: 2254 logits, `anchors`: centres from `createSsdAnchors`.
 * Source: MediaPipe, TensorsToDetectionsCalculator.
 */
export function decodeDetections(
  boxes: Float32Array,
  scores: Float32Array,
  anchors: Float32Array,
  target: Float32Array,
): number {
  const capacity = Math.floor(target.length / DETECTION_VALUES);
  let count = 0;
  for (let i = 0; i < scores.length && count < capacity; i++) {
    if (scores[i] < MIN_LOGIT) continue;
    const box = i * BOX_VALUES;
    const anchorX = anchors[2 * i];
    const anchorY = anchors[2 * i + 1];
    const x = boxes[box] / DETECTOR_SIZE + anchorX;
    const y = boxes[box + 1] / DETECTOR_SIZE + anchorY;
    const halfWidth = boxes[box + 2] / DETECTOR_SIZE / 2;
    const halfHeight = boxes[box + 3] / DETECTOR_SIZE / 2;
    const at = count++ * DETECTION_VALUES;
    target[at] = 1 / (1 + Math.exp(-Math.min(scores[i], MAX_LOGIT)));
    target[at + 1] = x - halfWidth;
    target[at + 2] = y - halfHeight;
    target[at + 3] = x + halfWidth;
    target[at + 4] = y + halfHeight;
    for (let k = 4; k < BOX_VALUES; k += 2) {
      target[at + 1 + k] = boxes[box + k] / DETECTOR_SIZE + anchorX;
      target[at + 2 + k] = boxes[box + k + 1] / DETECTOR_SIZE + anchorY;
    }
  }
  return count;
}

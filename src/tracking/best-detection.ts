import { DETECTION_VALUES } from './decode-detections.ts';

/** Boxes that overlap the best one by more than this are taken to be the same person. */
const MIN_OVERLAP = 0.3;

/** Intersection over union of two detections' boxes. */
const overlap = (detections: Float32Array, a: number, b: number): number => {
  const width = Math.min(detections[a + 3], detections[b + 3]) - Math.max(detections[a + 1], detections[b + 1]);
  const height = Math.min(detections[a + 4], detections[b + 4]) - Math.max(detections[a + 2], detections[b + 2]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const area = (at: number): number =>
    (detections[at + 3] - detections[at + 1]) * (detections[at + 4] - detections[at + 2]);
  return intersection / (area(a) + area(b) - intersection);
};

/**
 * The first detection of weighted non-maximum suppression: the boxes and key points of all that overlap the one with the
 * highest score, averaged with their scores as weights, written into `target` (`DETECTION_VALUES`). False when there is
 * none. One person is tracked, so further detections need no suppression.
 * Source: BlazeFace (Bazarevsky et al., 2019), section "post-processing".
 */
export const bestDetection = (detections: Float32Array, count: number, target: Float32Array): boolean => {
  if (count === 0) return false;
  let best = 0;
  for (let i = 1; i < count; i++) {
    if (detections[i * DETECTION_VALUES] > detections[best * DETECTION_VALUES]) best = i;
  }
  const bestAt = best * DETECTION_VALUES;
  target.fill(0, 0, DETECTION_VALUES);
  let weight = 0;
  for (let i = 0; i < count; i++) {
    const at = i * DETECTION_VALUES;
    if (i !== best && overlap(detections, at, bestAt) <= MIN_OVERLAP) continue;
    const score = detections[at];
    weight += score;
    for (let k = 1; k < DETECTION_VALUES; k++) target[k] += score * detections[at + k];
  }
  for (let k = 1; k < DETECTION_VALUES; k++) target[k] /= weight;
  target[0] = detections[bestAt];
  return true;
};

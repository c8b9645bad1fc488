import { DETECTION_VALUES } from './decode-detections.ts';

/** Boxes that overlap a better one by more than this are taken to be the same person. */
const MIN_OVERLAP = 0.3;
/** A detection that has been counted already, in place of its score. */
const SPENT = -1;

/** Intersection over union of two detections' boxes. */
function overlap(detections: Float32Array, a: number, b: number): number {
  const width = Math.min(detections[a + 3], detections[b + 3]) - Math.max(detections[a + 1], detections[b + 1]);
  const height = Math.min(detections[a + 4], detections[b + 4]) - Math.max(detections[a + 2], detections[b + 2]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const area = (at: number): number =>
    (detections[at + 3] - detections[at + 1]) * (detections[at + 4] - detections[at + 2]);
  return intersection / (area(a) + area(b) - intersection);
}

/**
 * Weighted non-maximum suppression: for each person, best first, the boxes and key points of all detections that overlap the
 * one with the highest score, averaged with their scores as weights. Writes as many people as fit into `target`
 * (`DETECTION_VALUES` each) and returns their number; uses up the scores of `detections`.
 * Source: BlazeFace (Bazarevsky et al., 2019), section "post-processing".
 */
export function suppressDetections(detections: Float32Array, count: number, target: Float32Array): number {
  const capacity = Math.floor(target.length / DETECTION_VALUES);
  let people = 0;
  for (; people < capacity; people++) {
    let best = -1;
    for (let i = 0; i < count; i++) {
      const at = i * DETECTION_VALUES;
      if (detections[at] > 0 && (best < 0 || detections[at] > detections[best])) best = at;
    }
    if (best < 0) break;
    const to = people * DETECTION_VALUES;
    const bestScore = detections[best];
    target.fill(0, to, to + DETECTION_VALUES);
    let weight = 0;
    for (let i = 0; i < count; i++) {
      const at = i * DETECTION_VALUES;
      const score = detections[at];
      if (score === SPENT || (at !== best && overlap(detections, at, best) <= MIN_OVERLAP)) continue;
      weight += score;
      for (let k = 1; k < DETECTION_VALUES; k++) target[to + k] += score * detections[at + k];
      // The best one's box is still needed.
      if (at !== best) detections[at] = SPENT;
    }
    detections[best] = SPENT;
    for (let k = 1; k < DETECTION_VALUES; k++) target[to + k] /= weight;
    target[to] = bestScore;
  }
  return people;
}

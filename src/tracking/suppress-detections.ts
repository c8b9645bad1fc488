import { DETECTION_VALUES } from './decode-detections.ts';

/** Intersection over union, 0..1, above which a box shows the same person as a box of a higher score. */
const MIN_OVERLAP = 0.3;
/** Value that replaces the score of a detection which belongs to a person already. */
const USED_SCORE = -1;

/** Returns the intersection over union, 0..1, of the boxes of the detections that begin at the indices `a` and `b`. */
function overlapOf(detections: Float32Array, a: number, b: number): number {
  const width = Math.min(detections[a + 3], detections[b + 3]) - Math.max(detections[a + 1], detections[b + 1]);
  const height = Math.min(detections[a + 4], detections[b + 4]) - Math.max(detections[a + 2], detections[b + 2]);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const area = (offset: number): number =>
    (detections[offset + 3] - detections[offset + 1]) * (detections[offset + 4] - detections[offset + 2]);
  return intersection / (area(a) + area(b) - intersection);
}

/**
 * Merges detections that overlap into one per person (weighted non-maximum suppression): chooses the detection of the
 * highest score, averages boxes and key points of all detections that overlap it, weighted by score, and repeats with
 * the rest. A person's score is the highest of its detections.
 *
 * @param detections `count` × `DETECTION_VALUES` (score, left, top, right, bottom, 4 key points × (x, y)) in any unit;
 * their scores are overwritten.
 * @param target receives as many people as fit, in the same form and unit, by falling score. The rest is unchanged.
 * @returns number of people written.
 *
 * Source: BlazeFace (Bazarevsky et al., 2019), section "post-processing".
 */
export function suppressDetections(detections: Float32Array, count: number, target: Float32Array): number {
  const capacity = Math.floor(target.length / DETECTION_VALUES);
  let people = 0;
  for (; people < capacity; people++) {
    let best = -1;
    for (let i = 0; i < count; i++) {
      const offset = i * DETECTION_VALUES;
      if (detections[offset] > 0 && (best < 0 || detections[offset] > detections[best])) best = offset;
    }
    if (best < 0) break;
    const start = people * DETECTION_VALUES;
    const bestScore = detections[best];
    target.fill(0, start, start + DETECTION_VALUES);
    let weight = 0;
    for (let i = 0; i < count; i++) {
      const offset = i * DETECTION_VALUES;
      const score = detections[offset];
      if (score === USED_SCORE || (offset !== best && overlapOf(detections, offset, best) <= MIN_OVERLAP)) continue;
      weight += score;
      for (let k = 1; k < DETECTION_VALUES; k++) target[start + k] += score * detections[offset + k];
      // The best detection's box is still compared with the rest.
      if (offset !== best) detections[offset] = USED_SCORE;
    }
    detections[best] = USED_SCORE;
    for (let k = 1; k < DETECTION_VALUES; k++) target[start + k] /= weight;
    target[start] = bestScore;
  }
  return people;
}

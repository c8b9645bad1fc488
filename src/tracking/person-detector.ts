import { DETECTION_VALUES, decodeDetections, MIN_LOGIT } from './decode-detections.ts';
import type { PoseNetworks } from './pose-networks.ts';
import { createRegion, frameRegion, MIN_REGION_SIZE, type Region, regionFromPoints, regionToFrame } from './region.ts';
import { createSsdAnchors } from './ssd-anchors.ts';
import { suppressDetections } from './suppress-detections.ts';

/**
 * Number of detections kept for the suppression of overlapping ones; a person that fills the frame causes some tens.
 */
const MAX_DETECTIONS = 256;
/** Number of people distinguished in one frame. */
const MAX_PEOPLE = 5;

/**
 * Runs BlazePose's person detector on whole frames. Input: an image. Output: the region of each person, a square around
 * the circle that encloses the whole body, in frame pixels; its side is the circle's diameter, without the margin that
 * the landmark model needs. The detector recognises people by their faces: a person whose face is hidden has a low
 * logit, often below MIN_LOGIT.
 */
export class PersonDetector<Image> {
  /**
   * Regions of the people that the last `detect` found, the best detection first. Only as many as `detect` resolved to
   * are valid; the rest holds old values.
   */
  readonly people: readonly Region[] = Array.from({ length: MAX_PEOPLE }, createRegion);
  /** Region of the best detection of the last `detect`, however improbable. */
  readonly guess: Region = createRegion();
  /** Logit of the probability of the best detection of the last `detect`; −Infinity before the first. */
  bestLogit = -Infinity;
  readonly #networks: PoseNetworks<Image>;
  readonly #anchors = createSsdAnchors();
  readonly #detections = new Float32Array(MAX_DETECTIONS * DETECTION_VALUES);
  /** Detections, one for each person, in the detector's square input: 0..1 from its top left. */
  readonly #detectedPeople = new Float32Array(MAX_PEOPLE * DETECTION_VALUES);
  readonly #frameRegion = createRegion();
  /** Scratch: x, y of the middle of the hips, then of the circle's point above the head, frame pixels. */
  readonly #points = new Float32Array(4);

  /** @param networks run the detector on images of an engine's type. */
  constructor(networks: PoseNetworks<Image>) {
    this.#networks = networks;
  }

  /**
   * Finds the people in a frame of `frameWidth` × `frameHeight` px. Writes `people`, `guess` and `bestLogit`. Leaves
   * out people of a size below MIN_REGION_SIZE, px.
   *
   * @returns number of people found, 0 to MAX_PEOPLE.
   */
  async detect(image: Image, frameWidth: number, frameHeight: number): Promise<number> {
    const whole = frameRegion(frameWidth, frameHeight, this.#frameRegion);
    const { boxes, scores } = await this.#networks.detect(image, frameWidth, frameHeight, whole);
    this.bestLogit = -Infinity;
    for (const score of scores) if (score > this.bestLogit) this.bestLogit = score;
    const detected = this.#detectedPeople;
    const count = decodeDetections(boxes, scores, this.#anchors, this.#detections, Math.min(this.bestLogit, MIN_LOGIT));
    const peopleCount = suppressDetections(this.#detections, count, detected);
    this.#toFrame(0, this.guess);
    if (this.bestLogit < MIN_LOGIT) return 0;
    let kept = 0;
    for (let i = 0; i < peopleCount; i++) if (this.#toFrame(i, this.people[kept]).size >= MIN_REGION_SIZE) kept++;
    return kept;
  }

  /** Writes the region of the detected person number `i` into `target`, and returns `target`. */
  #toFrame(i: number, target: Region): Region {
    // Key points 0 (middle of the hips) and 1 (the circle's point above the head) follow score and box.
    const hip = i * DETECTION_VALUES + 5;
    const top = hip + 2;
    const detected = this.#detectedPeople;
    const points = this.#points;
    regionToFrame(this.#frameRegion, detected[hip], detected[hip + 1], points, 0);
    regionToFrame(this.#frameRegion, detected[top], detected[top + 1], points, 2);
    return regionFromPoints(points[0], points[1], points[2], points[3], 1, target);
  }
}

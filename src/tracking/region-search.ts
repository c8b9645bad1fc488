import { CLEAR_EVIDENCE, MIN_EVIDENCE } from './person-evidence.ts';
import { createRegion, REGION_MARGIN, type Region } from './region.ts';

/** A region to try: centre as shares of the frame's width and height, side in pixels. */
interface Candidate {
  x: number;
  y: number;
  sizeOf: (frameWidth: number, frameHeight: number) => number;
}

/**
 * Regions for people who stand in the whole picture, are cut off at the hips, or fill the middle. The landmark model
 * finds a person whose middle is up to a quarter of the region away and whose size is 0.5 to 1.5 times the expected
 * one.
 */
const ANYWHERE: readonly Candidate[] = [
  { x: 0.5, y: 0.5, sizeOf: (width, height) => 1.25 * Math.max(width, height) },
  { x: 0.5, y: 0.75, sizeOf: (_, height) => 1.5 * height },
  { x: 0.5, y: 0.5, sizeOf: Math.min },
];
/** In a landscape frame a person may also stand in either half. */
const LANDSCAPE: readonly Candidate[] = [
  ...ANYWHERE,
  { x: 0.25, y: 0.5, sizeOf: (_, height) => height },
  { x: 0.75, y: 0.5, sizeOf: (_, height) => height },
];

/**
 * Chooses the regions in which the landmark model looks for a person whom the detector does not find, because the face
 * is hidden. Regions are in frame pixels, with the landmark model's margin unless said otherwise. For each run:
 *
 * 1. `next` writes the region to run on. A round begins with the place that the detector finds most like a person, and
 *    goes on with the parts of the frame in which people usually stand.
 * 2. `judge` takes the evidence for the pose found there. If it is clear, the person is found. If it is enough for a
 *    person, the next run is on the region that the pose predicts, and must give enough again: what is no person seldom
 *    looks like one twice.
 */
export class RegionSearch {
  /** Region predicted by a pose that is to be confirmed. */
  readonly #predicted = createRegion();
  #isConfirming = false;
  /** Whether a region of the round was tried since `restart`. */
  #hasBegun = false;
  /** Index of the next region in the round; 0 is the detector's. */
  #index = 0;

  /** Begins a new round. */
  restart(): void {
    this.#isConfirming = false;
    this.#hasBegun = false;
    this.#index = 0;
  }

  /** Whether all regions of a round were tried since `restart`: the next is the first again. */
  get isRoundOver(): boolean {
    return this.#hasBegun && this.#index === 0 && !this.#isConfirming;
  }

  /**
   * Writes the region to run on into `target`, for a frame of `frameWidth` × `frameHeight` px.
   *
   * @param guess region of the detector's best detection, however improbable, without margin.
   */
  next(frameWidth: number, frameHeight: number, guess: Region, target: Region): void {
    const candidates = frameWidth > frameHeight ? LANDSCAPE : ANYWHERE;
    const index = this.#index;
    if (this.#isConfirming) {
      Object.assign(target, this.#predicted);
      return;
    }
    this.#hasBegun = true;
    this.#index = (index + 1) % (1 + candidates.length);
    if (index === 0) {
      Object.assign(target, guess);
      target.size *= REGION_MARGIN;
      return;
    }
    const { x, y, sizeOf } = candidates[index - 1];
    target.x = x * frameWidth;
    target.y = y * frameHeight;
    target.size = sizeOf(frameWidth, frameHeight);
    target.rotation = 0;
  }

  /**
   * Returns whether a person is found. Also takes poses in the regions of people that the detector found.
   *
   * @param evidence `personEvidence` of the pose: about a logit, larger is more certain.
   * @param person region of that person, without margin, frame pixels.
   */
  judge(evidence: number, person: Region): boolean {
    const isEnough = evidence >= MIN_EVIDENCE;
    const isFound = evidence >= CLEAR_EVIDENCE || (isEnough && this.#isConfirming);
    this.#isConfirming = isEnough && !isFound;
    if (isFound) this.#index = 0;
    Object.assign(this.#predicted, person);
    this.#predicted.size *= REGION_MARGIN;
    return isFound;
  }
}

import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { Bystanders } from './bystanders.ts';
import { PersonDetector } from './person-detector.ts';
import { MIN_POSE_SCORE, personEvidence } from './person-evidence.ts';
import type { LandmarkOutputs, PoseNetworks } from './pose-networks.ts';
import { AUXILIARY_COUNT, type PosePoints, PoseSmoother } from './pose-smoother.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import {
  createRegion,
  MIN_REGION_SIZE,
  REGION_MARGIN,
  type Region,
  regionFromPoints,
  regionToFrame,
} from './region.ts';
import { RegionSearch } from './region-search.ts';
import { DETECTOR_SIZE } from './ssd-anchors.ts';

/**
 * BlazePose: computes the smoothed landmarks of one person for each frame of a sequence. Input: images with their size
 * (px) and time (ms). Output: `PoseResult`, and a mask in the networks. A region is a rotated square of the frame, in
 * frame pixels; the landmark model reads a crop of it. For each frame, `process` does:
 *
 * 1. Run the landmark model on the region that the last frame predicted. Its score says whether a person is there, and
 *    `Bystanders` says whether it is still the same person.
 * 2. If there is no such region or no such person, run the detector on the whole frame, choose a person, and run the
 *    landmark model on that region. `personEvidence` says how much speaks for a person there.
 * 3. If that is not enough, or if the detector finds no person, the face may be hidden: run the landmark model on a
 *    region of `RegionSearch`, one a frame. In the first frame, which may be a photo, run it on all of them.
 * 4. Have the networks compute the person mask.
 * 5. Project the landmarks from the crop to the frame, and smooth them over time (`PoseSmoother`).
 * 6. Predict the region of the next frame from the auxiliary landmarks.
 * 7. Now and then, run the detector besides: to know the other people in the frame, and to drop a region that the
 *    detector contradicts.
 *
 * Source: MediaPipe's pose landmark graphs (Bazarevsky et al., "BlazePose", 2020).
 */

/** Side of the landmark model's square input and of its mask, px. */
export const CROP_SIZE = 256;
/** Index of the first auxiliary landmark. The model gives 33 landmarks of the body, then 2 auxiliary and 4 unused. */
const FIRST_AUXILIARY = LANDMARK_COUNT;

/**
 * What was found in one frame, without the mask, which the networks hold. The pipeline reuses the object for every
 * frame.
 */
export interface PoseResult {
  /** Probability 0..1 that a person is in the frame; 0 when none was found, and then the landmarks have no meaning. */
  score: number;
  /** 33 × (x, y, z, visibility): x, y normalised to the frame, z on x's scale, smaller is nearer, visibility 0..1. */
  landmarks: Float32Array;
  /** 33 × (x, y, z, visibility): metres from the middle of the hips, x right, y down, z away from the viewer. */
  world: Float32Array;
  /** Whether this is the same person as in the frame before; false in the first frame of a track. */
  isFollowed: boolean;
}

/** The track of one person. `networks` runs the models, on any image type. */
export class PosePipeline<Image> {
  /** What the last `process` found; overwritten by the next. */
  readonly result: PoseResult = {
    score: 0,
    landmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    world: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    isFollowed: false,
  };
  readonly #networks: PoseNetworks<Image>;
  readonly #detector: PersonDetector<Image>;
  readonly #bystanders = new Bystanders();
  readonly #search = new RegionSearch();
  /** Region of the landmark model's crop, in this frame or predicted for the next, frame pixels. */
  readonly #region = createRegion();
  /** Region of the person by the last located pose, without margin, frame pixels. */
  readonly #person = createRegion();
  readonly #points: PosePoints = {
    landmarks: new Float32Array(LANDMARK_COUNT * 3),
    auxiliary: new Float32Array(AUXILIARY_COUNT * 3),
    world: new Float32Array(LANDMARK_COUNT * 3),
  };
  readonly #smoother = new PoseSmoother();
  #frameWidth = 0;
  #frameHeight = 0;
  #timeMs = -Infinity;
  /** Whether `#region` is predicted for the next frame. */
  #isFollowing = false;
  /** Whether `RegionSearch` found the followed person, and the detector has not found the person since. */
  #isFaceHidden = false;
  /** Whether no frame was tracked since the last reset. */
  #isFirstFrame = true;
  #resets = 0;

  /** @param networks run detector and landmark model, and compute and hold the mask. */
  constructor(networks: PoseNetworks<Image>) {
    this.#networks = networks;
    this.#detector = new PersonDetector(networks);
  }

  /**
   * Tracks one frame of `frameWidth` × `frameHeight` px at `timeMs` on its source's clock. Resolves to `result`, valid
   * until the next call. A frame of another size or of an earlier time starts a new track. One call at a time.
   */
  async process(image: Image, frameWidth: number, frameHeight: number, timeMs: number): Promise<PoseResult> {
    const resets = this.#resets;
    this.#resize(frameWidth, frameHeight);
    // Filters and the memory of people work forwards in time only.
    if (timeMs < this.#timeMs) this.#forgetAll();
    this.#timeMs = timeMs;
    const outputs = (await this.#locateFollowed(image, timeMs)) ?? (await this.#locateDetected(image, timeMs));
    this.#isFirstFrame = false;
    this.result.score = outputs ? outputs.score[0] : 0;
    if (outputs) await this.#finish(outputs, image, timeMs);
    if (this.#resets !== resets) this.#forgetAll();
    return this.result;
  }

  /** Forgets the track: at once, and again after the frame that is in progress. */
  reset(): void {
    this.#resets++;
    this.#forgetAll();
  }

  /** Forgets where the person is and all people: the next frame starts a new track. */
  #forgetAll(): void {
    this.#forget();
    this.#isFaceHidden = false;
    this.#isFirstFrame = true;
    this.#bystanders.reset();
  }

  /** Forgets where the person is; `Bystanders` still recognises the person. */
  #forget(): void {
    this.#isFollowing = false;
    this.#search.restart();
    this.#smoother.reset();
  }

  /** Starts a new track if the frame has another size (px). */
  #resize(width: number, height: number): void {
    if (width === this.#frameWidth && height === this.#frameHeight) return;
    this.#forgetAll();
    this.#frameWidth = width;
    this.#frameHeight = height;
  }

  /** Steps 4 to 7, for a located pose. */
  async #finish(outputs: LandmarkOutputs, image: Image, timeMs: number): Promise<void> {
    this.result.isFollowed = this.#smoother.hasPrevious;
    await this.#networks.segment(this.#frameWidth, this.#frameHeight, this.#region, this.result.isFollowed);
    this.#project(outputs);
    this.#smoother.smooth(this.#points, this.#person.size, timeMs);
    this.#writeResult(outputs.landmarks);
    this.#predictRegion();
    if (this.#bystanders.isDetectionDue(timeMs)) await this.#checkDetections(image, timeMs);
  }

  /** Step 1. Resolves to null when no region is predicted or the person is not in it; the track is then forgotten. */
  async #locateFollowed(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    if (!this.#isFollowing) return null;
    const outputs = await this.#run(image);
    const isThere = outputs.score[0] >= MIN_POSE_SCORE && this.#person.size >= MIN_REGION_SIZE;
    if (isThere && this.#bystanders.accept(this.#person, timeMs)) return outputs;
    this.#forget();
    return null;
  }

  /**
   * Step 2, and step 3 if no person was found. Resolves to null when the detector finds only bystanders, or step 3
   * finds no person.
   */
  async #locateDetected(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const { people } = this.#detector;
    const count = await this.#detect(image);
    const chosen = this.#bystanders.choose(people, count, timeMs);
    if (chosen >= 0) {
      Object.assign(this.#region, people[chosen]);
      this.#region.size *= REGION_MARGIN;
      const outputs = await this.#run(image);
      if (this.#isFound(outputs, timeMs)) {
        this.#isFaceHidden = false;
        return outputs;
      }
    }
    const areBystanders = count > 0 && chosen < 0 && !this.#isFaceHidden;
    return areBystanders ? null : this.#locateHidden(image, timeMs);
  }

  /** Step 3. Resolves to null while no person with a hidden face is found. */
  async #locateHidden(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const { guess } = this.#detector;
    do {
      this.#search.next(this.#frameWidth, this.#frameHeight, guess, this.#region);
      const outputs = await this.#run(image);
      if (this.#isFound(outputs, timeMs)) {
        this.#isFaceHidden = true;
        return outputs;
      }
    } while (this.#isFirstFrame && !this.#search.isRoundOver);
    return null;
  }

  /** Whether a track begins with a pose that `#run` found. */
  #isFound(outputs: LandmarkOutputs, timeMs: number): boolean {
    const hasSize = this.#person.size >= MIN_REGION_SIZE;
    const evidence = hasSize ? personEvidence(outputs, this.#detector.bestLogit) : -Infinity;
    return this.#search.judge(evidence, this.#person) && this.#bystanders.accept(this.#person, timeMs);
  }

  /** Runs the landmark model on `#region`. Writes the auxiliary points and `#person`. */
  async #run(image: Image): Promise<LandmarkOutputs> {
    const outputs = await this.#networks.locate(image, this.#frameWidth, this.#frameHeight, this.#region);
    this.#projectPoints(outputs.landmarks, FIRST_AUXILIARY, AUXILIARY_COUNT, this.#points.auxiliary);
    this.#measurePerson();
    return outputs;
  }

  #detect(image: Image): Promise<number> {
    return this.#detector.detect(image, this.#frameWidth, this.#frameHeight);
  }

  /**
   * Step 7. Drops the predicted region when the detector finds the person elsewhere, or turned otherwise: after the
   * phone was turned quickly, the landmark model still gives a pose for the old region.
   */
  async #checkDetections(image: Image, timeMs: number): Promise<void> {
    const { people } = this.#detector;
    const chosen = this.#bystanders.choose(people, await this.#detect(image), timeMs);
    if (chosen < 0) return;
    if (this.#bystanders.agrees(people[chosen], this.#person)) this.#isFaceHidden = false;
    else if (this.#isFaceHidden && people[chosen].size < this.#person.size)
      this.#bystanders.remember(people[chosen], timeMs);
    else this.#forget();
  }

  /** Writes `#points`; the world landmarks are turned back by the rotation of the region. */
  #project({ landmarks, world }: LandmarkOutputs): void {
    const region = this.#region;
    const points = this.#points.world;
    this.#projectPoints(landmarks, 0, LANDMARK_COUNT, this.#points.landmarks);
    const cos = Math.cos(region.rotation);
    const sin = Math.sin(region.rotation);
    for (let i = 0; i < LANDMARK_COUNT * 3; i += 3) {
      points[i] = cos * world[i] - sin * world[i + 1];
      points[i + 1] = sin * world[i] + cos * world[i + 1];
      points[i + 2] = world[i + 2];
    }
  }

  /** Writes x, y, z in frame pixels of `count` landmarks, from landmark `first` on. */
  #projectPoints(landmarks: Float32Array, first: number, count: number, target: Float32Array): void {
    const region = this.#region;
    for (let i = 0; i < count; i++) {
      const raw = (first + i) * RAW_LANDMARK_VALUES;
      regionToFrame(region, landmarks[raw] / CROP_SIZE, landmarks[raw + 1] / CROP_SIZE, target, 3 * i);
      target[3 * i + 2] = (landmarks[raw + 2] / CROP_SIZE) * region.size;
    }
  }

  /** Computes `#person` from the auxiliary landmarks (middle of the hips, top of the circle), and returns it. */
  #measurePerson(): Region {
    const aux = this.#points.auxiliary;
    return regionFromPoints(aux[0], aux[1], aux[3], aux[4], 1, this.#person);
  }

  /** Writes the smoothed points into `result`. `raw`: the landmark model's landmarks. */
  #writeResult(raw: Float32Array): void {
    const points = this.#points;
    const { landmarks, world } = this.result;
    this.#smoother.smoothVisibility(raw, landmarks);
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const offset = i * LANDMARK_VALUES;
      landmarks[offset] = points.landmarks[i * 3] / this.#frameWidth;
      landmarks[offset + 1] = points.landmarks[i * 3 + 1] / this.#frameHeight;
      landmarks[offset + 2] = points.landmarks[i * 3 + 2] / this.#frameWidth;
      for (let k = 0; k < 3; k++) world[offset + k] = points.world[i * 3 + k];
      world[offset + 3] = landmarks[offset + 3];
    }
  }

  /**
   * Step 6. The region is that of the smoothed auxiliary landmarks, with the margin that the landmark model expects.
   */
  #predictRegion(): void {
    Object.assign(this.#region, this.#measurePerson());
    this.#region.size *= REGION_MARGIN;
    this.#isFollowing = this.#region.size >= MIN_REGION_SIZE;
  }
}

/** Sides of the two networks' square inputs, px. */
export const INPUT_SIZES = { detector: DETECTOR_SIZE, landmarks: CROP_SIZE } as const;

import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { OneEuroFilter } from '../math/one-euro-filter.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { Bystanders } from './bystanders.ts';
import { DETECTION_VALUES, decodeDetections } from './decode-detections.ts';
import type { LandmarkOutputs, PoseNetworks } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import { createRegion, frameRegion, REGION_MARGIN, type Region, regionFromPoints, regionToFrame } from './region.ts';
import { createSsdAnchors, DETECTOR_SIZE } from './ssd-anchors.ts';
import { suppressDetections } from './suppress-detections.ts';

/** Side of the landmark model's square input and of its mask, px. */
export const CROP_SIZE = 256;
/** Index of the first auxiliary landmark. The model gives 33 landmarks of the body, then 2 auxiliary and 4 unused. */
const FIRST_AUXILIARY = LANDMARK_COUNT;
const AUXILIARY_COUNT = 2;
/** Pose score, 0..1, below which the region shows no person. */
const MIN_POSE_SCORE = 0.5;
/** Weight of a new visibility in the running mean of visibilities. */
const VISIBILITY_FACTOR = 0.1;
/**
 * Number of detections kept for the suppression of overlapping ones; a person that fills the frame causes some tens.
 */
const MAX_DETECTIONS = 256;
/** Number of people distinguished in one frame. */
const MAX_PEOPLE = 5;

// One Euro constants of MediaPipe's pose landmark filtering. Speeds are in sizes of the person (`Region.size`) a
// second, those of the world landmarks in metres a second.
const LANDMARK_SMOOTHING = { minCutoff: 0.05, beta: 80, derivativeCutoff: 1 };
const AUXILIARY_SMOOTHING = { minCutoff: 0.01, beta: 10, derivativeCutoff: 1 };
const WORLD_SMOOTHING = { minCutoff: 0.1, beta: 40, derivativeCutoff: 1 };
/** Size, frame pixels, below which a person is a numerical accident and is ignored. */
const MIN_OBJECT_SIZE = 1e-6;

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
}

/**
 * BlazePose: computes the smoothed landmarks of one person for each frame of a sequence. Input: images with their size
 * (px) and time (ms). Output: `PoseResult`, and a mask in the networks. `networks` runs the models on any image type;
 * this class holds the track. For each frame, `process` does:
 *
 * 1. Run the landmark model on the region that the last frame predicted. Its score says whether a person is there, and
 *    `Bystanders` says whether it is still the same person.
 * 2. If there is no such region or no such person, run the detector on the whole frame, choose a person, and run the
 *    landmark model on that region.
 * 3. Have the networks compute the person mask.
 * 4. Project the landmarks from the crop to the frame, and smooth them over time.
 * 5. Predict the region of the next frame from the auxiliary landmarks.
 * 6. Now and then, run the detector besides: to know the other people in the frame, and to drop a region that the
 *    detector contradicts.
 *
 * Source: MediaPipe's pose landmark graphs (Bazarevsky et al., "BlazePose", 2020).
 */
export class PosePipeline<Image> {
  readonly result: PoseResult = {
    score: 0,
    landmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    world: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
  };
  readonly #networks: PoseNetworks<Image>;
  readonly #anchors = createSsdAnchors();
  readonly #detections = new Float32Array(MAX_DETECTIONS * DETECTION_VALUES);
  readonly #detectedPeople = new Float32Array(MAX_PEOPLE * DETECTION_VALUES);
  readonly #people = Array.from({ length: MAX_PEOPLE }, createRegion);
  readonly #bystanders = new Bystanders();
  readonly #frameRegion = createRegion();
  /** Region of the landmark model's crop, in this frame or predicted for the next. */
  readonly #region = createRegion();
  /** Region of the person by the last located pose, without margin, frame pixels. */
  readonly #person = createRegion();
  /** Landmarks and auxiliary landmarks, (x, y, z) each, frame pixels. */
  readonly #points = new Float32Array(LANDMARK_COUNT * 3);
  readonly #auxiliary = new Float32Array(AUXILIARY_COUNT * 3);
  /** World landmarks, 33 × (x, y, z), metres. */
  readonly #worldPoints = new Float32Array(LANDMARK_COUNT * 3);
  readonly #landmarkFilter = new OneEuroFilter(LANDMARK_COUNT * 3, LANDMARK_SMOOTHING);
  readonly #auxiliaryFilter = new OneEuroFilter(AUXILIARY_COUNT * 3, AUXILIARY_SMOOTHING);
  readonly #worldFilter = new OneEuroFilter(LANDMARK_COUNT * 3, WORLD_SMOOTHING);
  #frameWidth = 0;
  #frameHeight = 0;
  #timeMs = -Infinity;
  /** Whether `#region` is predicted for the next frame. */
  #isFollowing = false;
  /** Whether the filters and the previous mask belong to the person in the picture. */
  #isSmoothing = false;
  #resets = 0;

  constructor(networks: PoseNetworks<Image>) {
    this.#networks = networks;
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

  #forgetAll(): void {
    this.#forget();
    this.#bystanders.reset();
  }

  /** Forgets where the person is; `Bystanders` still recognises the person. */
  #forget(): void {
    this.#isFollowing = false;
    this.#isSmoothing = false;
    this.#landmarkFilter.reset();
    this.#auxiliaryFilter.reset();
    this.#worldFilter.reset();
  }

  #resize(width: number, height: number): void {
    if (width === this.#frameWidth && height === this.#frameHeight) return;
    this.#forgetAll();
    this.#frameWidth = width;
    this.#frameHeight = height;
  }

  /** Steps 3 to 6, for a located pose. */
  async #finish(outputs: LandmarkOutputs, image: Image, timeMs: number): Promise<void> {
    await this.#networks.segment(this.#frameWidth, this.#frameHeight, this.#region, this.#isSmoothing);
    this.#project(outputs);
    this.#smoothLandmarks(timeMs);
    this.#writeVisibility(outputs.landmarks);
    this.#isSmoothing = true;
    this.#predictRegion();
    if (this.#bystanders.isDetectionDue(timeMs)) await this.#checkDetections(image, timeMs);
  }

  /** Step 1. Resolves to null when no region is predicted or the person is not in it; the track is then forgotten. */
  async #locateFollowed(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    if (!this.#isFollowing) return null;
    const outputs = await this.#locate(image, timeMs);
    if (!outputs) this.#forget();
    return outputs;
  }

  /** Step 2. Resolves to null when the detector finds no person, or only bystanders. */
  async #locateDetected(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const chosen = this.#bystanders.choose(this.#people, await this.#detect(image), timeMs);
    if (chosen < 0) return null;
    Object.assign(this.#region, this.#people[chosen]);
    this.#region.size *= REGION_MARGIN;
    return this.#locate(image, timeMs);
  }

  /** Resolves to the pose in `#region`, or to null if it shows no person or a bystander. Writes `#person`. */
  async #locate(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const outputs = await this.#networks.locate(image, this.#frameWidth, this.#frameHeight, this.#region);
    if (!(outputs.score[0] >= MIN_POSE_SCORE)) return null;
    this.#projectPoints(outputs.landmarks, FIRST_AUXILIARY, AUXILIARY_COUNT, this.#auxiliary);
    const { size } = this.#measurePerson();
    return size >= MIN_OBJECT_SIZE && this.#bystanders.accept(this.#person, timeMs) ? outputs : null;
  }

  /**
   * Step 6. Drops the predicted region when the detector finds the person elsewhere, or turned otherwise: after the
   * phone was turned quickly, the landmark model still gives a pose for the old region.
   */
  async #checkDetections(image: Image, timeMs: number): Promise<void> {
    const chosen = this.#bystanders.choose(this.#people, await this.#detect(image), timeMs);
    if (chosen >= 0 && !this.#bystanders.agrees(this.#people[chosen], this.#person)) this.#forget();
  }

  /** Writes the region of every detected person into `#people`, the best detection first. Resolves to their number. */
  async #detect(image: Image): Promise<number> {
    const whole = frameRegion(this.#frameWidth, this.#frameHeight, this.#frameRegion);
    const { boxes, scores } = await this.#networks.detect(image, this.#frameWidth, this.#frameHeight, whole);
    const count = decodeDetections(boxes, scores, this.#anchors, this.#detections);
    const detected = this.#detectedPeople;
    const peopleCount = suppressDetections(this.#detections, count, detected);
    let kept = 0;
    for (let i = 0; i < peopleCount; i++) {
      // Key points 0 (mid hip) and 1 (top of the circle) follow score and box.
      const hip = i * DETECTION_VALUES + 5;
      const top = hip + 2;
      regionToFrame(whole, detected[hip], detected[hip + 1], detected, hip);
      regionToFrame(whole, detected[top], detected[top + 1], detected, top);
      const { size } = regionFromPoints(
        detected[hip],
        detected[hip + 1],
        detected[top],
        detected[top + 1],
        1,
        this.#people[kept],
      );
      if (size >= MIN_OBJECT_SIZE) kept++;
    }
    return kept;
  }

  /** Writes `#points` and `#worldPoints`, the latter turned back by the rotation of the region. */
  #project({ landmarks, world }: LandmarkOutputs): void {
    const region = this.#region;
    this.#projectPoints(landmarks, 0, LANDMARK_COUNT, this.#points);
    const cos = Math.cos(region.rotation);
    const sin = Math.sin(region.rotation);
    for (let i = 0; i < LANDMARK_COUNT * 3; i += 3) {
      this.#worldPoints[i] = cos * world[i] - sin * world[i + 1];
      this.#worldPoints[i + 1] = sin * world[i] + cos * world[i + 1];
      this.#worldPoints[i + 2] = world[i + 2];
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
    const aux = this.#auxiliary;
    return regionFromPoints(aux[0], aux[1], aux[3], aux[4], 1, this.#person);
  }

  /** Smooths the points over time and writes them into `result`. */
  #smoothLandmarks(timeMs: number): void {
    const { size } = this.#person;
    this.#landmarkFilter.apply(this.#points, timeMs, 1 / size);
    this.#auxiliaryFilter.apply(this.#auxiliary, timeMs, 1 / size);
    this.#worldFilter.apply(this.#worldPoints, timeMs);
    const { landmarks, world } = this.result;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const offset = i * LANDMARK_VALUES;
      landmarks[offset] = this.#points[i * 3] / this.#frameWidth;
      landmarks[offset + 1] = this.#points[i * 3 + 1] / this.#frameHeight;
      landmarks[offset + 2] = this.#points[i * 3 + 2] / this.#frameWidth;
      for (let k = 0; k < 3; k++) world[offset + k] = this.#worldPoints[i * 3 + k];
    }
  }

  /** Writes the running means of the visibilities into `result`. `raw`: the landmark model's landmarks, with logits. */
  #writeVisibility(raw: Float32Array): void {
    const { landmarks, world } = this.result;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const offset = i * LANDMARK_VALUES + 3;
      const visibility = sigmoid(raw[i * RAW_LANDMARK_VALUES + 3]);
      landmarks[offset] = this.#isSmoothing
        ? landmarks[offset] + VISIBILITY_FACTOR * (visibility - landmarks[offset])
        : visibility;
      world[offset] = landmarks[offset];
    }
  }

  /**
   * Step 5. The region is that of the smoothed auxiliary landmarks, with the margin that the landmark model expects.
   */
  #predictRegion(): void {
    Object.assign(this.#region, this.#measurePerson());
    this.#region.size *= REGION_MARGIN;
    this.#isFollowing = this.#region.size >= MIN_OBJECT_SIZE;
  }
}

/** Sides of the two networks' square inputs, px. */
export const INPUT_SIZES = { detector: DETECTOR_SIZE, landmarks: CROP_SIZE } as const;

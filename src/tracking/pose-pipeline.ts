import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { OneEuroFilter } from '../math/one-euro-filter.ts';
import { Bystanders } from './bystanders.ts';
import { DETECTION_VALUES, decodeDetections } from './decode-detections.ts';
import type { LandmarkOutputs, PoseNetworks } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import { createRegion, frameRegion, REGION_MARGIN, type Region, regionFromPoints, regionToFrame } from './region.ts';
import { createSsdAnchors, DETECTOR_SIZE } from './ssd-anchors.ts';
import { suppressDetections } from './suppress-detections.ts';

/** Side of the landmark model's square input and of its mask, pixels. */
export const CROP_SIZE = 256;
/** The model's landmarks: 33 of the body, 2 auxiliary ones that give the next region, 4 unused. */
const AUXILIARY = LANDMARK_COUNT;
const AUXILIARY_COUNT = 2;
/** Below this pose score the person is lost. */
const MIN_POSE_SCORE = 0.5;
/** Weight of a new visibility in its low-pass. */
const VISIBILITY_FACTOR = 0.1;
/** Detections kept for suppression; a frame-filling person raises some tens. */
const MAX_DETECTIONS = 256;
/** People told apart in one frame. */
const MAX_PEOPLE = 5;

// One Euro constants of MediaPipe's pose landmark filtering; speeds in object sizes a second, the world's in metres.
const landmarkSmoothing = { minCutoff: 0.05, beta: 80, derivativeCutoff: 1 };
const auxiliarySmoothing = { minCutoff: 0.01, beta: 10, derivativeCutoff: 1 };
const worldSmoothing = { minCutoff: 0.1, beta: 40, derivativeCutoff: 1 };
/** Objects smaller than this have no meaningful speed. */
const MIN_OBJECT_SIZE = 1e-6;

/** What one frame gave; its mask stays with the networks. Reused by the pipeline. */
export interface PoseResult {
  /** 0 when nobody was found; then nothing else has a meaning. */
  score: number;
  /** 33 × (x, y normalised to the frame, z on x's scale, visibility). */
  landmarks: Float32Array;
  /** 33 × (x, y, z metres, visibility). */
  world: Float32Array;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * BlazePose from frame to smoothed landmarks: the detector finds a region, the landmark model reads it, and its
 * auxiliary landmarks give the region of the next frame. Holds the track of one person; knows nothing of runtimes.
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
  readonly #region = createRegion();
  readonly #person = createRegion();
  readonly #points = new Float32Array(LANDMARK_COUNT * 3);
  readonly #auxiliary = new Float32Array(AUXILIARY_COUNT * 3);
  readonly #worldPoints = new Float32Array(LANDMARK_COUNT * 3);
  readonly #landmarkFilter = new OneEuroFilter(LANDMARK_COUNT * 3, landmarkSmoothing);
  readonly #auxiliaryFilter = new OneEuroFilter(AUXILIARY_COUNT * 3, auxiliarySmoothing);
  readonly #worldFilter = new OneEuroFilter(LANDMARK_COUNT * 3, worldSmoothing);
  #frameWidth = 0;
  #frameHeight = 0;
  #timeMs = -Infinity;
  /** The region for the next frame is known. */
  #following = false;
  /** Filters and previous mask belong to the person in the picture. */
  #smoothing = false;
  #resets = 0;

  constructor(networks: PoseNetworks<Image>) {
    this.#networks = networks;
  }

  /** Tracks one frame; `frameWidth`, `frameHeight` in pixels. The answer is `result`. */
  async process(image: Image, frameWidth: number, frameHeight: number, timeMs: number): Promise<PoseResult> {
    const resets = this.#resets;
    this.#resize(frameWidth, frameHeight);
    // A source that was wound back begins anew: filters and memories know time in one direction only.
    if (timeMs < this.#timeMs) this.#forgetAll();
    this.#timeMs = timeMs;
    const outputs = (await this.#followed(image, timeMs)) ?? (await this.#found(image, timeMs));
    this.result.score = outputs ? outputs.score[0] : 0;
    if (outputs) await this.#take(outputs, image, timeMs);
    if (this.#resets !== resets) this.#forgetAll();
    return this.result;
  }

  /** Forgets the track; while a frame is under way, once that is done. */
  reset(): void {
    this.#resets++;
    this.#forgetAll();
  }

  #forgetAll(): void {
    this.#forget();
    this.#bystanders.reset();
  }

  /** Forgets where the person is, not who. */
  #forget(): void {
    this.#following = false;
    this.#smoothing = false;
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

  /** Mask, landmarks and the next region from what was located. */
  async #take(outputs: LandmarkOutputs, image: Image, timeMs: number): Promise<void> {
    await this.#networks.segment(this.#frameWidth, this.#frameHeight, this.#region, this.#smoothing);
    this.#project(outputs);
    this.#smoothLandmarks(timeMs);
    this.#writeVisibility(outputs.landmarks);
    this.#smoothing = true;
    this.#follow();
    if (this.#bystanders.isLookDue(timeMs)) await this.#lookAround(image, timeMs);
  }

  /** The person where the last frame says; null when lost, and then forgotten. */
  async #followed(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    if (!this.#following) return null;
    const outputs = await this.#locate(image, timeMs);
    if (!outputs) this.#forget();
    return outputs;
  }

  /** The person anywhere in the frame, or null. */
  async #found(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const chosen = this.#bystanders.look(this.#people, await this.#detect(image), timeMs);
    if (chosen < 0) return null;
    Object.assign(this.#region, this.#people[chosen]);
    this.#region.size *= REGION_MARGIN;
    return this.#locate(image, timeMs);
  }

  /** A pose in the region, if there is one and it is of the person who is followed. */
  async #locate(image: Image, timeMs: number): Promise<LandmarkOutputs | null> {
    const outputs = await this.#networks.locate(image, this.#frameWidth, this.#frameHeight, this.#region);
    if (!(outputs.score[0] >= MIN_POSE_SCORE)) return null;
    this.#projectPoints(outputs.landmarks, AUXILIARY, AUXILIARY_COUNT, this.#auxiliary);
    const { size } = this.#measurePerson();
    return size >= MIN_OBJECT_SIZE && this.#bystanders.accept(this.#person, timeMs) ? outputs : null;
  }

  /** Who else is there, and whether the detector sees the person as the pose has it: a phone turned at once, it does not. */
  async #lookAround(image: Image, timeMs: number): Promise<void> {
    const chosen = this.#bystanders.look(this.#people, await this.#detect(image), timeMs);
    if (chosen >= 0 && !this.#bystanders.agrees(this.#people[chosen], this.#person)) this.#forget();
  }

  /** Finds everybody and writes who they are into `people`; returns their number. */
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

  /** From the crop to frame pixels (image landmarks) and upright axes (world landmarks). */
  #project({ landmarks, world }: LandmarkOutputs): void {
    const region = this.#region;
    this.#projectPoints(landmarks, 0, LANDMARK_COUNT, this.#points);
    const cos = Math.cos(region.rotation);
    const sin = Math.sin(region.rotation);
    for (let at = 0; at < LANDMARK_COUNT * 3; at += 3) {
      this.#worldPoints[at] = cos * world[at] - sin * world[at + 1];
      this.#worldPoints[at + 1] = sin * world[at] + cos * world[at + 1];
      this.#worldPoints[at + 2] = world[at + 2];
    }
  }

  /** Of `count` landmarks from `first` on: x, y, z in frame pixels. */
  #projectPoints(landmarks: Float32Array, first: number, count: number, target: Float32Array): void {
    const region = this.#region;
    for (let i = 0; i < count; i++) {
      const raw = (first + i) * RAW_LANDMARK_VALUES;
      regionToFrame(region, landmarks[raw] / CROP_SIZE, landmarks[raw + 1] / CROP_SIZE, target, 3 * i);
      target[3 * i + 2] = (landmarks[raw + 2] / CROP_SIZE) * region.size;
    }
  }

  /** Centre, size and turn of the whole person, from the auxiliary landmarks. */
  #measurePerson(): Region {
    const aux = this.#auxiliary;
    return regionFromPoints(aux[0], aux[1], aux[3], aux[4], 1, this.#person);
  }

  #smoothLandmarks(timeMs: number): void {
    const { size } = this.#person;
    this.#landmarkFilter.apply(this.#points, timeMs, 1 / size);
    this.#auxiliaryFilter.apply(this.#auxiliary, timeMs, 1 / size);
    this.#worldFilter.apply(this.#worldPoints, timeMs);
    const { landmarks, world } = this.result;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const out = i * LANDMARK_VALUES;
      landmarks[out] = this.#points[i * 3] / this.#frameWidth;
      landmarks[out + 1] = this.#points[i * 3 + 1] / this.#frameHeight;
      landmarks[out + 2] = this.#points[i * 3 + 2] / this.#frameWidth;
      for (let k = 0; k < 3; k++) world[out + k] = this.#worldPoints[i * 3 + k];
    }
  }

  #writeVisibility(raw: Float32Array): void {
    const { landmarks, world } = this.result;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const out = i * LANDMARK_VALUES + 3;
      const visibility = sigmoid(raw[i * RAW_LANDMARK_VALUES + 3]);
      landmarks[out] = this.#smoothing
        ? landmarks[out] + VISIBILITY_FACTOR * (visibility - landmarks[out])
        : visibility;
      world[out] = landmarks[out];
    }
  }

  #follow(): void {
    Object.assign(this.#region, this.#measurePerson());
    this.#region.size *= REGION_MARGIN;
    this.#following = this.#region.size >= MIN_OBJECT_SIZE;
  }
}

/** Sides of the two networks' inputs. */
export const inputSizes = { detector: DETECTOR_SIZE, landmarks: CROP_SIZE } as const;

import { OneEuroFilter } from '../math/one-euro-filter.ts';
import { bestDetection } from './best-detection.ts';
import { decodeDetections, DETECTION_VALUES } from './decode-detections.ts';
import type { LandmarkOutputs, PoseNetworks } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import { createRegion, frameRegion, REGION_MARGIN, regionFromPoints, regionToFrame } from './region.ts';
import { createSsdAnchors, DETECTOR_SIZE } from './ssd-anchors.ts';
import { LANDMARK_COUNT } from './tracker.ts';
import { LANDMARK_VALUES } from './tracking-protocol.ts';

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

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

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
  readonly #detection = new Float32Array(DETECTION_VALUES);
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
    const outputs = (await this.#followed(image)) ?? (await this.#found(image));
    if (!outputs) {
      this.result.score = 0;
      return this.result;
    }
    this.result.score = outputs.score[0];
    await this.#networks.segment(frameWidth, frameHeight, this.#region, this.#smoothing);
    this.#project(outputs);
    this.#smoothLandmarks(timeMs);
    this.#writeVisibility(outputs.landmarks);
    this.#smoothing = true;
    this.#follow();
    if (this.#resets !== resets) this.#forget();
    return this.result;
  }

  /** Forgets the track; while a frame is under way, once that is done. */
  reset(): void {
    this.#resets++;
    this.#forget();
  }

  #forget(): void {
    this.#following = false;
    this.#smoothing = false;
    this.#landmarkFilter.reset();
    this.#auxiliaryFilter.reset();
    this.#worldFilter.reset();
  }

  #resize(width: number, height: number): void {
    if (width === this.#frameWidth && height === this.#frameHeight) return;
    this.#forget();
    this.#frameWidth = width;
    this.#frameHeight = height;
  }

  /** The person where the last frame says; null when lost, and then forgotten. */
  async #followed(image: Image): Promise<LandmarkOutputs | null> {
    if (!this.#following) return null;
    const outputs = await this.#locate(image);
    if (!outputs) this.#forget();
    return outputs;
  }

  /** A person anywhere in the frame, or null. */
  async #found(image: Image): Promise<LandmarkOutputs | null> {
    return (await this.#detect(image)) ? this.#locate(image) : null;
  }

  async #locate(image: Image): Promise<LandmarkOutputs | null> {
    const outputs = await this.#networks.locate(image, this.#frameWidth, this.#frameHeight, this.#region);
    return outputs.score[0] >= MIN_POSE_SCORE ? outputs : null;
  }

  async #detect(image: Image): Promise<boolean> {
    const whole = frameRegion(this.#frameWidth, this.#frameHeight, this.#frameRegion);
    const { boxes, scores } = await this.#networks.detect(image, this.#frameWidth, this.#frameHeight, whole);
    const count = decodeDetections(boxes, scores, this.#anchors, this.#detections);
    const best = this.#detection;
    if (!bestDetection(this.#detections, count, best)) return false;
    // Key points 0 (mid hip) and 1 (top of the circle) follow score and box.
    regionToFrame(whole, best[5], best[6], best, 5);
    regionToFrame(whole, best[7], best[8], best, 7);
    regionFromPoints(best[5], best[6], best[7], best[8], REGION_MARGIN, this.#region);
    return this.#region.size > 0;
  }

  /** From the crop to frame pixels (image landmarks) and upright axes (world landmarks). */
  #project({ landmarks, world }: LandmarkOutputs): void {
    const region = this.#region;
    for (let i = 0; i < LANDMARK_COUNT + AUXILIARY_COUNT; i++) {
      const raw = i * RAW_LANDMARK_VALUES;
      const target = i < AUXILIARY ? this.#points : this.#auxiliary;
      const at = (i < AUXILIARY ? i : i - AUXILIARY) * 3;
      regionToFrame(region, landmarks[raw] / CROP_SIZE, landmarks[raw + 1] / CROP_SIZE, target, at);
      target[at + 2] = (landmarks[raw + 2] / CROP_SIZE) * region.size;
    }
    const cos = Math.cos(region.rotation);
    const sin = Math.sin(region.rotation);
    for (let at = 0; at < LANDMARK_COUNT * 3; at += 3) {
      this.#worldPoints[at] = cos * world[at] - sin * world[at + 1];
      this.#worldPoints[at + 1] = sin * world[at] + cos * world[at + 1];
      this.#worldPoints[at + 2] = world[at + 2];
    }
  }

  #smoothLandmarks(timeMs: number): void {
    const aux = this.#auxiliary;
    const { size } = regionFromPoints(aux[0], aux[1], aux[3], aux[4], 1, this.#person);
    if (size >= MIN_OBJECT_SIZE) {
      this.#landmarkFilter.apply(this.#points, timeMs, 1 / size);
      this.#auxiliaryFilter.apply(aux, timeMs, 1 / size);
    }
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
    const aux = this.#auxiliary;
    regionFromPoints(aux[0], aux[1], aux[3], aux[4], REGION_MARGIN, this.#region);
    this.#following = this.#region.size >= MIN_OBJECT_SIZE;
  }
}

/** Sides of the two networks' inputs. */
export const inputSizes = { detector: DETECTOR_SIZE, landmarks: CROP_SIZE } as const;

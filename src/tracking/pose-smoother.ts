import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { OneEuroFilter } from '../math/one-euro-filter.ts';
import { sigmoid } from '../math/sigmoid.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

/** Number of auxiliary landmarks, from which the region of the next frame is predicted. */
export const AUXILIARY_COUNT = 2;
/** Weight of a new visibility in the running mean of visibilities. */
const VISIBILITY_FACTOR = 0.1;

/**
 * `release` of the filters of landmarks and world landmarks, √(speed) / s: how fast the filter's cutoff may fall when a
 * movement slows down (see `OneEuroOptions`). MediaPipe has none. Without it a person of 700 px who sways by 60 px to
 * both sides in 0.8 s is left 11 px behind where the sway turns back, with it 6 px. With it, `npm run bench -- worn`
 * gives an IoU of 0.862 instead of 0.858 for the filmed person heavy-woman, 0.844 instead of 0.840 for woman-tee.
 * `npm run bench -- fit`: jitter at rest 0.0585 instead of 0.0590 % of the shoulders' breadth, delay 12.3 instead of
 * 12.7 ms. `npm run bench -- tracking --frames 16`: distance from MediaPipe 0.58 % of the torso with and without it,
 * p95 1.54 instead of 1.53 %. A release of 1 follows more closely (0.865 for heavy-woman), but is farther from
 * MediaPipe (0.60 %, p95 1.59 %).
 */
const RELEASE = 1.5;

// One Euro constants of MediaPipe's pose landmark filtering. Cutoffs are in Hz, `beta` in Hz per unit of speed. Speeds
// are in sizes of the person (`Region.size`) a second, those of the world landmarks in metres a second.
const LANDMARK_SMOOTHING = { minCutoff: 0.05, beta: 80, derivativeCutoff: 1, release: RELEASE };
const AUXILIARY_SMOOTHING = { minCutoff: 0.01, beta: 10, derivativeCutoff: 1 };
const WORLD_SMOOTHING = { minCutoff: 0.1, beta: 40, derivativeCutoff: 1, release: RELEASE };

/** Points of one pose, (x, y, z) each. */
export interface PosePoints {
  /** 33 landmarks, frame pixels. */
  landmarks: Float32Array;
  /** 2 auxiliary landmarks (middle of the hips, top of the circle around the body), frame pixels. */
  auxiliary: Float32Array;
  /** 33 world landmarks, metres. */
  world: Float32Array;
}

/** Smooths the poses of one person over time. Call `smooth` and then `smoothVisibility` for each frame. */
export class PoseSmoother {
  readonly #landmarks = new OneEuroFilter(LANDMARK_COUNT * 3, LANDMARK_SMOOTHING);
  readonly #auxiliary = new OneEuroFilter(AUXILIARY_COUNT * 3, AUXILIARY_SMOOTHING);
  readonly #world = new OneEuroFilter(LANDMARK_COUNT * 3, WORLD_SMOOTHING);
  #hasPrevious = false;

  /** Whether earlier poses belong to the person in the picture. */
  get hasPrevious(): boolean {
    return this.#hasPrevious;
  }

  /** Forgets earlier poses. */
  reset(): void {
    this.#hasPrevious = false;
    this.#landmarks.reset();
    this.#auxiliary.reset();
    this.#world.reset();
  }

  /**
   * Replaces `points` by their smoothed values. `size`: the person's size, frame pixels. `timeMs`: the frame's time.
   */
  smooth(points: PosePoints, size: number, timeMs: number): void {
    this.#landmarks.apply(points.landmarks, timeMs, 1 / size);
    this.#auxiliary.apply(points.auxiliary, timeMs, 1 / size);
    this.#world.apply(points.world, timeMs);
  }

  /**
   * Updates the running means of the visibilities.
   *
   * @param raw the landmark model's landmarks, `RAW_LANDMARK_VALUES` each, with visibility as a logit.
   * @param landmarks 33 × `LANDMARK_VALUES`; the visibilities are replaced by their new means, 0..1.
   */
  smoothVisibility(raw: Float32Array, landmarks: Float32Array): void {
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const offset = i * LANDMARK_VALUES + 3;
      const visibility = sigmoid(raw[i * RAW_LANDMARK_VALUES + 3]);
      const factor = this.#hasPrevious ? VISIBILITY_FACTOR : 1;
      landmarks[offset] += factor * (visibility - landmarks[offset]);
    }
    this.#hasPrevious = true;
  }
}

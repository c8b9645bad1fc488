import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/**
 * Landmarks of a person who stands still wander within seconds by about this across the view, metres: those of the
 * trunk more, since they are seen through clothes and follow the arms. `npm run bench -- fit` prints the jitter that
 * remains.
 */
const LIMB_WANDER_METRES = 0.0035;
const TRUNK_WANDER_METRES = 0.006;
const TRUNK: readonly number[] = [at.leftShoulder, at.rightShoulder, at.leftHip, at.rightHip];
/** By landmark. */
const WANDER_METRES = Array.from({ length: LANDMARK_COUNT }, (_, i) =>
  TRUNK.includes(i) ? TRUNK_WANDER_METRES : LIMB_WANDER_METRES,
);
/** Depths from the middle of the hips wander by about this, so a still person's yaw by 2° or 3°. */
const DEPTH_WANDER_METRES = 0.006;
/** A value that is off by its wander makes half of the way in this time, milliseconds. */
const HALF_MS = 33;
/**
 * The rate at which a value follows rises with its distance to this power. At half of its wander it is a
 * sixteenth, so wander is held; at twice as much it is sixteen times as high, so movement is followed without delay.
 * With a power of 2 a still person's jitter is three times as large.
 */
const POWER = 4;

/**
 * Returns the share of the way that a filtered value makes in a frame, 0..1. `halves`: time since the frame before, as a
 * multiple of `HALF_MS`. `distance`: of the new value from the filtered one, as a multiple of its wander.
 */
function shareOf(halves: number, distance: number): number {
  const rate = halves * distance ** POWER;
  return rate / (1 + rate);
}

/**
 * Creates the step that keeps a still person's landmarks still: a low-pass filter of each landmark's place in the
 * picture, and of its depth from the middle of the hips. The filter's rate rises steeply with the difference of the
 * filtered value to the new one.
 *
 * - `placed`, changed: 3 × 33 landmarks in camera space, metres.
 * - `tracked.timeMs`: time of the frame, milliseconds.
 */
export function createLandmarkSteadier(): PoseStep<'placed' | 'tracked'> {
  /** 2 × 33: the result of the frame before, x and y on the plane z = −1. */
  const rays = new Float64Array(2 * LANDMARK_COUNT);
  /** 33 depths beyond the middle of the hips, metres: the result of the frame before. */
  const depths = new Float64Array(LANDMARK_COUNT);
  /** Time of that frame; NaN before the first. */
  let previousMs = Number.NaN;
  return {
    name: 'steady-landmarks',
    apply({ placed, tracked: { timeMs } }) {
      const isFirst = Number.isNaN(previousMs);
      const halves = (timeMs - previousMs) / HALF_MS;
      previousMs = timeMs;
      const hipsDepth = -(placed[3 * at.leftHip + 2] + placed[3 * at.rightHip + 2]) / 2;
      for (let i = 0; i < LANDMARK_COUNT; i++) {
        const depth = -placed[3 * i + 2];
        const z = depth - hipsDepth - depths[i];
        depths[i] += isFirst ? z : shareOf(halves, z / DEPTH_WANDER_METRES) * z;
        const x = placed[3 * i] / depth - rays[2 * i];
        const y = placed[3 * i + 1] / depth - rays[2 * i + 1];
        const share = isFirst ? 1 : shareOf(halves, (depth * Math.hypot(x, y)) / WANDER_METRES[i]);
        rays[2 * i] += share * x;
        rays[2 * i + 1] += share * y;
        const steadyDepth = hipsDepth + depths[i];
        placed[3 * i] = rays[2 * i] * steadyDepth;
        placed[3 * i + 1] = rays[2 * i + 1] * steadyDepth;
        placed[3 * i + 2] = -steadyDepth;
      }
    },
    reset() {
      previousMs = Number.NaN;
    },
  };
}

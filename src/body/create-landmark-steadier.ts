import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import type { PoseStep } from './pose-step.ts';

/**
 * Landmarks of a person who stands still wander within seconds by about this across the view, metres: shoulders by
 * 2 mm, hips by 5 mm. `npm run bench -- fit` prints the jitter that remains.
 */
const WANDER_METRES = 0.0035;
/** A landmark that is off by `WANDER_METRES` makes half of the way in this time, milliseconds. */
const HALF_MS = 33;
/**
 * The rate at which a landmark follows rises with its distance to this power. At half of `WANDER_METRES` it is a
 * sixteenth, so wander is held; at twice as much it is sixteen times as high, so movement is followed without delay.
 * With a power of 2 a still person's jitter is three times as large.
 */
const POWER = 4;

/**
 * Creates the step that keeps a still person's landmarks still: a low-pass filter of each landmark's place in the
 * picture. Its rate rises steeply with the distance from the filtered place to the new one. Depth is not filtered.
 *
 * - `placed`, changed: 3 × 33 landmarks in camera space, metres. Each keeps its depth and moves in the picture.
 * - `tracked.timeMs`: time of the frame, milliseconds.
 */
export function createLandmarkSteadier(): PoseStep<'placed' | 'tracked'> {
  /** 2 × 33: the result of the frame before, x and y on the plane z = −1. */
  const rays = new Float64Array(2 * LANDMARK_COUNT);
  /** Time of that frame; NaN before the first. */
  let previousMs = Number.NaN;
  return {
    name: 'steady-landmarks',
    apply({ placed, tracked: { timeMs } }) {
      const isFirst = Number.isNaN(previousMs);
      const halves = (timeMs - previousMs) / HALF_MS;
      previousMs = timeMs;
      for (let i = 0; i < LANDMARK_COUNT; i++) {
        const depth = -placed[3 * i + 2];
        const x = placed[3 * i] / depth - rays[2 * i];
        const y = placed[3 * i + 1] / depth - rays[2 * i + 1];
        const rate = halves * ((depth * Math.hypot(x, y)) / WANDER_METRES) ** POWER;
        const share = isFirst ? 1 : rate / (1 + rate);
        rays[2 * i] += share * x;
        rays[2 * i + 1] += share * y;
        placed[3 * i] = rays[2 * i] * depth;
        placed[3 * i + 1] = rays[2 * i + 1] * depth;
      }
    },
    reset() {
      previousMs = Number.NaN;
    },
  };
}

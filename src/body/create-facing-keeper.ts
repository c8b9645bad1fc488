// The step of the body solve that keeps front and back apart. Without a visible face the tracker takes a front for a
// back, and from one frame to the next it may change its mind.
//
// 1. Compute the view of the frame: the angle of the shoulders' line about the vertical, radians, 0 from the front.
// 2. If the shoulders are too narrow, the landmarks are halfway between two views: end the frame, the previous pose
//    stays.
// 3. If the view is more than `LIMIT` from the believed one and its mirror image (front for back) is nearer, correct
//    the landmarks: exchange left and right of ears, arms and legs, and negate all depths. In the picture this looks
//    the same. When the believed side's time is used up (`PATIENCE_MS`), believe the view instead.
import { MathUtils } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/** Fastest turn of a person about the vertical, radians a millisecond: a dancer's pirouette. */
const MAX_TURN = (600 * MathUtils.DEG2RAD) / 1000;
/** A view further than this (radians) from the believed one is odd: front and back were probably exchanged. */
const LIMIT = 100 * MathUtils.DEG2RAD;
/**
 * Smallest breadth of the shoulders, as a share of the trunk's length. Below it the smoothed landmarks are on their way
 * from one side to the other.
 */
const MIN_BREADTH = 0.4;
/**
 * Time for which frames with shoulders narrower than that are unusable, milliseconds of the source; after it they are
 * used.
 */
const HALFWAY_MS = 150;
/**
 * Longest time for which an odd front view is corrected, milliseconds; a back view, whose time counts by `BACK_WEIGHT`,
 * is corrected for twice as long. It is shorter when the believed side was seen for less time, so a wrong start is soon
 * put right.
 */
const PATIENCE_MS = 1500;
/**
 * Weight of a back view beside a front view: people face a camera to be seen, and a hidden face makes the tracker take
 * a front for a back, not the other way round.
 */
const BACK_WEIGHT = 0.5;
/** After a gap of this time, milliseconds, a person may face anywhere: the view of the frame is believed. */
const FORGET_MS = 1000;

/** The left one of each pair of landmarks that is exchanged; the index of the right one is 1 higher. */
const lefts: number[] = [at.leftEar];
for (let left = at.leftShoulder; left <= at.leftFootIndex; left += 2) lefts.push(left);

/** Exchanges the `step` values of landmarks `a` and `b`, in place. */
function swap(values: Float64Array, step: number, a: number, b: number): void {
  for (let i = 0; i < step; i++) {
    const value = values[step * a + i];
    values[step * a + i] = values[step * b + i];
    values[step * b + i] = value;
  }
}

/** Returns the angle, radians, in −π..π. */
function wrap(angle: number): number {
  return MathUtils.euclideanModulo(angle + Math.PI, 2 * Math.PI) - Math.PI;
}

/**
 * Returns the extent from the right shoulder to the left along axis 0, 1 or 2; `step` coordinates for each landmark.
 */
function across(values: ArrayLike<number>, step: number, axis: number): number {
  return values[step * at.leftShoulder + axis] - values[step * at.rightShoulder + axis];
}

/** Returns the extent from the hips to the shoulders along an axis, as the sum of both sides: twice the mean. */
function along(values: ArrayLike<number>, step: number, axis: number): number {
  return (
    values[step * at.leftShoulder + axis] +
    values[step * at.rightShoulder + axis] -
    values[step * at.leftHip + axis] -
    values[step * at.rightHip + axis]
  );
}

/**
 * Creates the step.
 *
 * - `world`, changed: 3 × 33 landmarks, metres from the middle of the hips, +x right, +y up, +z towards the viewer.
 * - `rays`, changed: 2 × 33, x and y of the landmarks' image points on the plane z = −1 in camera space.
 * - `visibility`, changed: 33 values, 0..1.
 * - `tracked.timeMs`: the frame's time, milliseconds.
 * - `outcome`, written: `previous` in step 2.
 */
export function createFacingKeeper(): PoseStep<'world' | 'rays' | 'visibility' | 'tracked' | 'outcome'> {
  /** The believed view, radians. */
  let believed = 0;
  /** Time of the frame of that view, milliseconds. */
  let believedMs = -Infinity;
  /** Time of the last frame in which the shoulders were broad enough, milliseconds. */
  let soundMs = -Infinity;
  /** Time for which the believed side was seen, less that of the opposite side, milliseconds, weighted. */
  let seenMs = 0;
  return {
    name: 'keep-facing',
    apply(state) {
      const { world, rays, visibility } = state;
      const { timeMs } = state.tracked;
      const intervalMs = timeMs - believedMs;
      // The breadth of the shoulders comes from the picture, converted to metres by the trunk's length in both; their
      // depth is the tracker's.
      const length = Math.hypot(along(world, 3, 0), along(world, 3, 1));
      const breadth = (across(rays, 2, 0) * length) / Math.hypot(along(rays, 2, 0), along(rays, 2, 1));
      const depth = across(world, 3, 2);
      const turn = Math.atan2(depth, breadth);
      if (!(intervalMs >= 0 && intervalMs <= FORGET_MS)) {
        believed = turn;
        believedMs = timeMs;
        soundMs = timeMs;
        seenMs = 0;
        return;
      }
      // `length` is the sum of both sides.
      if (Math.hypot(breadth, depth) >= (MIN_BREADTH * length) / 2) soundMs = timeMs;
      else if (timeMs - soundMs <= HALFWAY_MS) {
        state.outcome = 'previous';
        return;
      }
      const mirrored = Math.PI - turn;
      const maxTurn = MAX_TURN * intervalMs;
      const change = Math.abs(wrap(turn - believed));
      const isOdd = change > LIMIT && Math.abs(wrap(mirrored - believed)) < change;
      const weightedMs = intervalMs * (breadth < 0 ? BACK_WEIGHT : 1);
      seenMs = isOdd ? Math.max(0, seenMs - weightedMs) : Math.min(PATIENCE_MS, seenMs + weightedMs);
      const isTurned = isOdd && seenMs > 0;
      believedMs = timeMs;
      believed =
        isOdd === isTurned
          ? wrap(believed + MathUtils.clamp(wrap((isTurned ? mirrored : turn) - believed), -maxTurn, maxTurn))
          : turn;
      if (!isTurned) return;
      for (const left of lefts) {
        swap(world, 3, left, left + 1);
        swap(rays, 2, left, left + 1);
        swap(visibility, 1, left, left + 1);
      }
      for (let i = 2; i < world.length; i += 3) world[i] = -world[i];
    },
    reset() {
      believedMs = -Infinity;
    },
  };
}

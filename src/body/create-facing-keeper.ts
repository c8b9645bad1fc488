import { MathUtils } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/** Nobody turns faster, radians a millisecond: a dancer's pirouette. */
const MAX_TURN = (600 * MathUtils.DEG2RAD) / 1000;
/** Turned further than this from where they were seen, somebody is taken for their own back. */
const LIMIT = 100 * MathUtils.DEG2RAD;
/** Shoulders closer together than this share of the trunk's length are nobody's: smoothed landmarks on their way from one side to the other. */
const MIN_BREADTH = 0.4;
/** How long nothing is made of such looks. */
const HALFWAY_MS = 150;
/** How long that is disbelieved at most; else as long as the other side was seen, and whoever began with the wrong one is soon put right. */
const PATIENCE_MS = 1500;
/** What a look at somebody's back weighs beside one at their front: people stand before a camera to be seen, and a hidden face makes a back of a front, not the other way round. */
const BACK_WEIGHT = 0.5;
/** Not seen for so long, people may face anywhere. */
const FORGET_MS = 1000;

/** The landmarks of the left side; the right one's follow theirs. */
const lefts: number[] = [at.leftEar];
for (let left = at.leftShoulder; left <= at.leftFootIndex; left += 2) lefts.push(left);

function swap(values: Float64Array, step: number, a: number, b: number): void {
  for (let i = 0; i < step; i++) {
    const value = values[step * a + i];
    values[step * a + i] = values[step * b + i];
    values[step * b + i] = value;
  }
}

/** −π..π. */
function wrap(angle: number): number {
  return MathUtils.euclideanModulo(angle + Math.PI, 2 * Math.PI) - Math.PI;
}

/** From the right shoulder to the left along an axis. */
function across(values: ArrayLike<number>, step: number, axis: number): number {
  return values[step * at.leftShoulder + axis] - values[step * at.rightShoulder + axis];
}

/** From the hips to the shoulders along an axis, both sides together. */
function along(values: ArrayLike<number>, step: number, axis: number): number {
  return (
    values[step * at.leftShoulder + axis] +
    values[step * at.rightShoulder + axis] -
    values[step * at.leftHip + axis] -
    values[step * at.rightHip + axis]
  );
}

/**
 * Creates the step that keeps front and back apart. Without a visible face the model takes front for back, and back again
 * from one frame to the next. If it does, left and right change places, and what lay behind lies before, which looks the
 * same in the picture. Ends the frame while the smoothed landmarks are on their way from one side to the other.
 */
export function createFacingKeeper(): PoseStep<'world' | 'rays' | 'visibility' | 'tracked' | 'outcome'> {
  let believed = 0;
  /** When that was. */
  let believedMs = -Infinity;
  /** When shoulders were last as broad as shoulders are. */
  let soundMs = -Infinity;
  /** How long that side was seen, less how long the other. */
  let seenMs = 0;
  return {
    name: 'keep-facing',
    apply(state) {
      const { world, rays, visibility } = state;
      const { timeMs } = state.tracked;
      const interval = timeMs - believedMs;
      // The shoulders' breadth is from the picture, in the model's units by the trunk's length in both; their depth is the model's.
      const length = Math.hypot(along(world, 3, 0), along(world, 3, 1));
      const breadth = (across(rays, 2, 0) * length) / Math.hypot(along(rays, 2, 0), along(rays, 2, 1));
      const depth = across(world, 3, 2);
      const turn = Math.atan2(depth, breadth);
      if (!(interval >= 0 && interval <= FORGET_MS)) {
        believed = turn;
        believedMs = timeMs;
        soundMs = timeMs;
        seenMs = 0;
        return;
      }
      // `length` is of both sides.
      if (Math.hypot(breadth, depth) >= (MIN_BREADTH * length) / 2) soundMs = timeMs;
      else if (timeMs - soundMs <= HALFWAY_MS) {
        state.outcome = 'previous';
        return;
      }
      const other = Math.PI - turn;
      const most = MAX_TURN * interval;
      const off = Math.abs(wrap(turn - believed));
      const isOdd = off > LIMIT && Math.abs(wrap(other - believed)) < off;
      const weight = interval * (breadth < 0 ? BACK_WEIGHT : 1);
      seenMs = isOdd ? Math.max(0, seenMs - weight) : Math.min(PATIENCE_MS, seenMs + weight);
      const isTurned = isOdd && seenMs > 0;
      believedMs = timeMs;
      believed =
        isOdd === isTurned
          ? wrap(believed + MathUtils.clamp(wrap((isTurned ? other : turn) - believed), -most, most))
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

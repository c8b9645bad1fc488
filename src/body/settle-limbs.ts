import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/** How far the model's depth of a limb's end is off, metres: about, of elbows and wrists on rendered people. */
const DEPTH_ERROR_METRES = 0.08;
/**
 * How far the distance of two landmarks on one bone is off the mannequin's, metres: about 2 cm of each landmark, and
 * 2–3 cm by which bones differ that the shape expects. With 0.012 the joints' mean error is 5.75 cm instead of 5.20 over
 * mannequins, a rendered man and five strangers: a bone that is drawn 5 % short leans by 9 cm then.
 */
const LENGTH_ERROR_METRES = 0.04;
/** Rounds of Gauss-Newton; the answer then moves by less than a millimetre. */
const ROUNDS = 6;

/** A bone of a limb by its landmarks, from the trunk outwards, and what moves in depth with its end. */
interface Segment {
  from: number;
  to: number;
  carried: readonly number[];
}

const segments: readonly Segment[] = [
  { from: at.leftShoulder, to: at.leftElbow, carried: [at.leftWrist, at.leftPinky, at.leftIndex] },
  { from: at.leftElbow, to: at.leftWrist, carried: [at.leftPinky, at.leftIndex] },
  { from: at.rightShoulder, to: at.rightElbow, carried: [at.rightWrist, at.rightPinky, at.rightIndex] },
  { from: at.rightElbow, to: at.rightWrist, carried: [at.rightPinky, at.rightIndex] },
  { from: at.leftHip, to: at.leftKnee, carried: [at.leftAnkle, at.leftHeel, at.leftFootIndex] },
  { from: at.leftKnee, to: at.leftAnkle, carried: [at.leftHeel, at.leftFootIndex] },
  { from: at.rightHip, to: at.rightKnee, carried: [at.rightAnkle, at.rightHeel, at.rightFootIndex] },
  { from: at.rightKnee, to: at.rightAnkle, carried: [at.rightHeel, at.rightFootIndex] },
];

/**
 * Moves the placed landmarks of limbs in depth, along their image rays, so that each bone has the length of the
 * mannequin's in the shopper's shape. Length and the tracker's depth are weighed by their errors: the length of a bone
 * that lies across the view says nothing of its depth, and its landmark stays. The tracker's depth decides whether a
 * bone points towards the camera or away.
 */
export const settleLimbs: PoseStep<'placed' | 'rest'> = {
  name: 'settle-limbs',
  apply({ placed, rest: { sites } }) {
    for (const { from, to, carried } of segments) {
      const length = Math.hypot(
        sites[3 * to] - sites[3 * from],
        sites[3 * to + 1] - sites[3 * from + 1],
        sites[3 * to + 2] - sites[3 * from + 2],
      );
      const modelled = -placed[3 * to + 2];
      const depth = settle(placed, from, placed[3 * to] / modelled, placed[3 * to + 1] / modelled, modelled, length);
      if (!(depth > 0)) continue;
      moveTo(placed, to, depth);
      for (const other of carried)
        moveTo(placed, other, Math.max(depth / 2, -placed[3 * other + 2] + depth - modelled));
    }
  },
};

/** The depth along the ray (x, y, −1) that suits both the model's and the length from the landmark `from`. */
function settle(placed: Float64Array, from: number, x: number, y: number, modelled: number, length: number): number {
  let depth = modelled;
  for (let round = 0; round < ROUNDS; round++) {
    const dx = x * depth - placed[3 * from];
    const dy = y * depth - placed[3 * from + 1];
    const dz = -depth - placed[3 * from + 2];
    const distance = Math.hypot(dx, dy, dz);
    if (!(distance > 0)) return modelled;
    const slope = (dx * x + dy * y - dz) / distance;
    const byLength = slope / LENGTH_ERROR_METRES ** 2;
    const byModel = 1 / DEPTH_ERROR_METRES ** 2;
    depth -= (byLength * (distance - length) + byModel * (depth - modelled)) / (byLength * slope + byModel);
  }
  return depth;
}

/** Moves a landmark along its ray. */
function moveTo(placed: Float64Array, landmark: number, depth: number): void {
  const scale = depth / -placed[3 * landmark + 2];
  for (let a = 0; a < 3; a++) placed[3 * landmark + a] *= scale;
}

// The step of the body solve (from a tracked frame to a posed body) that moves the placed landmarks to the body's outline
// in the person mask, sideways and at the shoulders up and down: one weighted least-squares fit, which is linear.
//
// Landmarks of a moving person lag behind the picture, and those under clothes are inaccurate. Where a part's outline
// is seen, it is more accurate. A ring is a line around the mannequin's trunk, neck or limb; its outline is what the
// mask shows beside it.
//
// Parameters: the shifts of the 12 landmarks from shoulders to ankles along x and y of the picture, and the lag of the
// trunk. Residuals, each with its standard deviation:
// 1. the errors of the landmarks: the trunk's lag, what hips and shoulders are off besides, and each limb's landmark;
// 2. the distance of each ring from its outline (`OutlineOffsets`), across it. A limb's ring moves with the landmarks
//    at both ends of its bone, the trunk's with the middles of hips and shoulders, the neck's with that of the
//    shoulders, a line over a shoulder with both shoulders, and most with its own.
import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';
import { LeastSquares } from '../math/least-squares.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import type { OutlineOffsets } from './outline-offsets.ts';
import type { OutlineRing } from './outline-ring.ts';
import { middleOf } from './points.ts';
import type { PoseStep } from './pose-step.ts';
import { shoulderRiseError } from './raised-shoulder.ts';

/** Error that all landmarks of the trunk share: their lag behind a moving person, metres. */
const LAG_METRES = 0.015;
/** Errors of the middle between two landmarks of hips and of shoulders across the view besides, metres. */
const HIPS_METRES = 0.02;
const SHOULDERS_METRES = 0.01;
/** Error of half the distance of the two, metres: the shape and the pose before this step know it well. */
const PAIR_METRES = 0.005;
/** Errors of a limb's landmark, metres: of elbow and wrist, and of knee and ankle. */
const ARM_METRES = 0.015;
const LEG_METRES = 0.02;
/** The rings of the trunk are no independent looks, nor are the lines over the shoulders: each count as this many. */
const LOOKS = 3;
/** Level of the shoulder joints on the trunk: that of the hip joints is 0, of the upper chest's joint 1. */
const SHOULDER_LEVEL = 1.1;
/** Largest shift, metres: what is further off is another person or thing. */
const MAX_SHIFT_METRES = 0.06;

/** A landmark that is shifted. */
interface Point {
  landmark: number;
  /** Error across the view, metres: of a limb's landmark. 0 for the trunk's, which are in `PAIRS`. */
  metres: number;
  /** Landmarks that get the same shift. */
  carried: readonly number[];
}

const ofTrunk = (landmark: number): Point => ({ landmark, metres: 0, carried: [] });
const ofLimb = (landmark: number, metres: number, carried: readonly number[] = []): Point => ({
  landmark,
  metres,
  carried,
});
const POINTS: readonly Point[] = [
  ofTrunk(at.leftShoulder),
  ofTrunk(at.rightShoulder),
  ofTrunk(at.leftHip),
  ofTrunk(at.rightHip),
  ofLimb(at.leftElbow, ARM_METRES),
  ofLimb(at.rightElbow, ARM_METRES),
  ofLimb(at.leftWrist, ARM_METRES, [at.leftPinky, at.leftIndex, at.leftIndex + 2]),
  ofLimb(at.rightWrist, ARM_METRES, [at.rightPinky, at.rightIndex, at.rightIndex + 2]),
  ofLimb(at.leftKnee, LEG_METRES),
  ofLimb(at.rightKnee, LEG_METRES),
  ofLimb(at.leftAnkle, LEG_METRES, [at.leftHeel, at.leftFootIndex]),
  ofLimb(at.rightAnkle, LEG_METRES, [at.rightHeel, at.rightFootIndex]),
];
/** Indices into `POINTS`. */
const [SHOULDERS, HIPS] = [0, 2];
/** The pairs of the trunk, by the index of the left point; the right one follows. */
const PAIRS = [
  { left: SHOULDERS, metres: SHOULDERS_METRES },
  { left: HIPS, metres: HIPS_METRES },
] as const;
/** By bone of a limb: the points at both of its ends, as indices into `POINTS`. */
const ENDS: Readonly<Record<number, readonly [upper: number, lower: number]>> = {
  [boneIndex.leftUpperArm]: [0, 4],
  [boneIndex.rightUpperArm]: [1, 5],
  [boneIndex.leftLowerArm]: [4, 6],
  [boneIndex.rightLowerArm]: [5, 7],
  [boneIndex.leftUpperLeg]: [2, 8],
  [boneIndex.rightUpperLeg]: [3, 9],
  [boneIndex.leftLowerLeg]: [8, 10],
  [boneIndex.rightLowerLeg]: [9, 11],
};
/** First parameter of the lag. The shift of point i begins at 2 × i. */
const LAG = 2 * POINTS.length;
const hips = new Vector3();
const up = new Vector3();
const squares = new LeastSquares(LAG + 2);

/** Residuals 1. `placed`: 3 × 33 landmarks, metres. */
function addErrors(placed: ArrayLike<number>): void {
  middleOf(placed, at.leftHip, at.rightHip, hips);
  middleOf(placed, at.leftShoulder, at.rightShoulder, up).sub(hips);
  const riseMetres = shoulderRiseError(placed, up);
  for (let axis = 0; axis < 2; axis++) {
    squares.derive(LAG + axis, 1);
    squares.add(0, LAG_METRES);
    for (let p = 0; p < PAIRS.length; p++) {
      const { left, metres } = PAIRS[p];
      squares.derive(2 * left + axis, 0.5);
      squares.derive(2 * (left + 1) + axis, 0.5);
      squares.derive(LAG + axis, -1);
      squares.add(0, left === SHOULDERS ? Math.hypot(metres, riseMetres) : metres);
      squares.derive(2 * left + axis, 0.5);
      squares.derive(2 * (left + 1) + axis, -0.5);
      squares.add(0, PAIR_METRES);
    }
    for (let i = 0; i < POINTS.length; i++) {
      if (POINTS[i].metres === 0) continue;
      squares.derive(2 * i + axis, 1);
      squares.add(0, POINTS[i].metres);
    }
  }
}

/** Sets the derivatives of an offset along (ax, ay) by the shift of point `i`, by which the ring moves by `share`. */
function derive(i: number, share: number, ax: number, ay: number): void {
  squares.derive(2 * i, share * ax);
  squares.derive(2 * i + 1, share * ay);
}

/** Sets the derivatives of the offset of `ring` along (ax, ay). */
function deriveRing({ part, level, from }: OutlineRing, ax: number, ay: number): void {
  if (part === 'limb') {
    const [upper, lower] = ENDS[from];
    derive(upper, 1 - level, ax, ay);
    derive(lower, level, ax, ay);
    return;
  }
  if (part === 'shoulder') {
    const ofLeft = (from === boneIndex.leftUpperArm ? 1 + level : 1 - level) / 2;
    derive(SHOULDERS, ofLeft, ax, ay);
    derive(SHOULDERS + 1, 1 - ofLeft, ax, ay);
    return;
  }
  const ofShoulders = part === 'neck' ? 1 : level / SHOULDER_LEVEL;
  for (let side = 0; side < 2; side++) {
    derive(SHOULDERS + side, ofShoulders / 2, ax, ay);
    derive(HIPS + side, (1 - ofShoulders) / 2, ax, ay);
  }
}

/** Returns the factor of the deviations of a part's rings by which they together count as `LOOKS`, ≥ 1. */
function repetition({ count, entries }: OutlineOffsets, part: OutlineRing['part']): number {
  let rings = 0;
  for (let i = 0; i < count; i++) if (entries[i].ring?.part === part) rings++;
  return Math.sqrt(Math.max(1, rings / LOOKS));
}

/** Residuals 2. */
function addOffsets(offsets: OutlineOffsets): void {
  const trunkFactor = repetition(offsets, 'trunk');
  const shoulderFactor = repetition(offsets, 'shoulder');
  for (let i = 0; i < offsets.count; i++) {
    const { ring, ax, ay, metres, deviation } = offsets.entries[i];
    if (ring === null) continue;
    deriveRing(ring, ax, ay);
    const factor = ring.part === 'trunk' ? trunkFactor : ring.part === 'shoulder' ? shoulderFactor : 1;
    squares.add(-metres, factor * deviation);
  }
}

/** Shifts a landmark by x and y metres. */
function shift(placed: Float64Array, landmark: number, x: number, y: number): void {
  placed[3 * landmark] += x;
  placed[3 * landmark + 1] += y;
}

/**
 * The step. Without `offsets` it changes nothing.
 *
 * - Reads `offsets`: for each part of the body whose outline is in the picture, how far the posed part is beside it,
 *   metres across the part.
 * - Shifts the landmarks in `placed` along x and y: 3 × 33, metres in camera space (+x right, +y up, +z towards the
 *   viewer). Each shift is at most `MAX_SHIFT_METRES`.
 */
export const centreOnOutline: PoseStep<'placed' | 'offsets'> = {
  name: 'centre-on-outline',
  apply({ placed, offsets }) {
    if (offsets.count === 0) return;
    squares.clear();
    addErrors(placed);
    addOffsets(offsets);
    if (!squares.solve()) return;
    const { step } = squares;
    for (let i = 0; i < POINTS.length; i++) {
      const { landmark, carried } = POINTS[i];
      const scale = Math.min(1, MAX_SHIFT_METRES / (Math.hypot(step[2 * i], step[2 * i + 1]) || 1));
      const x = scale * step[2 * i];
      const y = scale * step[2 * i + 1];
      shift(placed, landmark, x, y);
      for (let c = 0; c < carried.length; c++) shift(placed, carried[c], x, y);
    }
  },
};

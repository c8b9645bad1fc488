// The step of the body solve (from a tracked frame to a posed body) that moves the placed landmarks sideways to the
// middle of the body's outline in the person mask.
//
// Landmarks of a moving person lag behind the picture, and those under clothes are inaccurate. Where a part's outline
// is seen on both sides, the middle between them is more accurate (`MIDDLE_METRES`).
//
// A ring is a line around the mannequin's trunk, neck or limb; its outline is what the mask shows beside it.
//
// 1. Fit a line through the distances of the trunk's rings from their outline's middle, over the level: the shift of
//    the hips at level 0, and of the shoulders at their level. The landmarks' errors are its prior: their lag, which
//    hips and shoulders share, and what each is off besides.
// 2. For each bone of a limb, from the trunk outwards: shift its lower landmark by the part of its ring's distance from
//    the middle that remains after the shift of its upper landmark.
import { boneIndex } from '../mannequin/mannequin.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import type { OutlineMiddles } from './outline-middles.ts';
import type { PoseStep } from './pose-step.ts';

/** Error that all landmarks of the trunk share: their lag behind a moving person, metres. */
const LAG_METRES = 0.015;
/** Errors of the middle between two landmarks of hips and of shoulders across the view besides, metres. */
const HIPS_METRES = 0.02;
const SHOULDERS_METRES = 0.01;
/** Errors of a limb's landmark, metres: of elbow and wrist, and of knee and ankle. */
const ARM_METRES = 0.015;
const LEG_METRES = 0.03;
/** Error of the middle of a trunk's outline, metres: the mask's edges, and cloth that hangs more to one side. */
const MIDDLE_METRES = 0.01;
/** The same of a limb, whose cloth is narrower. */
const LIMB_MIDDLE_METRES = 0.006;
/** The same of the neck's outline, whose middle is over that of the shoulders: collar, hair and a turned head. */
const NECK_METRES = 0.014;
/** The errors of the trunk's rings are not independent: together the rings count as this number of measurements. */
const TRUNK_LOOKS = 3;
/** Level of the shoulder joints on the trunk: that of the hip joints is 0, of the upper chest's joint 1. */
const SHOULDER_LEVEL = 1.1;
/** Largest shift, metres: what is further off is another person or thing. */
const MAX_SHIFT_METRES = 0.06;

/** A bone of a limb (index into `boneNames`), with its landmarks (0 to 32). */
interface LimbBone {
  /** The bone. Its rings lie at `ring.level` of the way from the upper to the lower landmark. */
  bone: number;
  upper: number;
  lower: number;
  /** Landmarks that get the same shift as the lower one. */
  carried: readonly number[];
  /** Error of the lower landmark across the view, metres. */
  metres: number;
}

const { leftShoulder, rightShoulder, leftElbow, rightElbow, leftWrist, rightWrist } = at;
const { leftHip, rightHip, leftKnee, rightKnee, leftAnkle, rightAnkle } = at;
const HANDS = {
  left: [at.leftPinky, at.leftIndex, at.leftIndex + 2],
  right: [at.rightPinky, at.rightIndex, at.rightIndex + 2],
};
const FEET = { left: [at.leftHeel, at.leftFootIndex], right: [at.rightHeel, at.rightFootIndex] };
/** From the trunk outwards. */
const LIMB_BONES: readonly LimbBone[] = [
  { bone: boneIndex.leftUpperArm, upper: leftShoulder, lower: leftElbow, carried: [], metres: ARM_METRES },
  { bone: boneIndex.rightUpperArm, upper: rightShoulder, lower: rightElbow, carried: [], metres: ARM_METRES },
  { bone: boneIndex.leftLowerArm, upper: leftElbow, lower: leftWrist, carried: HANDS.left, metres: ARM_METRES },
  { bone: boneIndex.rightLowerArm, upper: rightElbow, lower: rightWrist, carried: HANDS.right, metres: ARM_METRES },
  { bone: boneIndex.leftUpperLeg, upper: leftHip, lower: leftKnee, carried: [], metres: LEG_METRES },
  { bone: boneIndex.rightUpperLeg, upper: rightHip, lower: rightKnee, carried: [], metres: LEG_METRES },
  { bone: boneIndex.leftLowerLeg, upper: leftKnee, lower: leftAnkle, carried: FEET.left, metres: LEG_METRES },
  { bone: boneIndex.rightLowerLeg, upper: rightKnee, lower: rightAnkle, carried: FEET.right, metres: LEG_METRES },
];

/** Inverse of the covariance of the errors of hips and shoulders, 1/m². */
const PRIOR = invertPrior();

function invertPrior(): { hips: number; shoulders: number; both: number } {
  const shared = LAG_METRES ** 2;
  const [hips, shoulders] = [shared + HIPS_METRES ** 2, shared + SHOULDERS_METRES ** 2];
  const determinant = hips * shoulders - shared ** 2;
  return { hips: shoulders / determinant, shoulders: hips / determinant, both: -shared / determinant };
}

/** By landmark: how far it was shifted in this frame along x and y, metres. */
const shifts = new Float64Array(2 * LANDMARK_COUNT);

/** Shifts a landmark by x and y metres, at most by `MAX_SHIFT_METRES`. */
function shift(placed: Float64Array, landmark: number, x: number, y: number): void {
  const scale = Math.min(1, MAX_SHIFT_METRES / (Math.hypot(x, y) || 1));
  shifts[2 * landmark] = scale * x;
  shifts[2 * landmark + 1] = scale * y;
  placed[3 * landmark] += scale * x;
  placed[3 * landmark + 1] += scale * y;
}

/** Step 1. */
function shiftTrunk(placed: Float64Array, { count, entries }: OutlineMiddles): void {
  let rings = 0;
  for (let i = 0; i < count; i++) if (entries[i].ring?.part === 'trunk') rings++;
  if (rings === 0) return;
  // The normal equations of the shifts of hips and shoulders; the right sides along x and y.
  let hipsHips = PRIOR.hips;
  let shouldersShoulders = PRIOR.shoulders;
  let hipsShoulders = PRIOR.both;
  let [hipsX, hipsY, shouldersX, shouldersY] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const { ring, x, y } = entries[i];
    if (ring?.part !== 'trunk' && ring?.part !== 'neck') continue;
    const isNeck = ring.part === 'neck';
    const certainty = isNeck ? 1 / NECK_METRES ** 2 : Math.min(1, TRUNK_LOOKS / rings) / MIDDLE_METRES ** 2;
    const ofShoulders = isNeck ? 1 : ring.level / SHOULDER_LEVEL;
    const ofHips = 1 - ofShoulders;
    hipsHips += certainty * ofHips * ofHips;
    hipsShoulders += certainty * ofHips * ofShoulders;
    shouldersShoulders += certainty * ofShoulders * ofShoulders;
    hipsX += certainty * ofHips * x;
    hipsY += certainty * ofHips * y;
    shouldersX += certainty * ofShoulders * x;
    shouldersY += certainty * ofShoulders * y;
  }
  const determinant = hipsHips * shouldersShoulders - hipsShoulders ** 2;
  const hipX = (shouldersShoulders * hipsX - hipsShoulders * shouldersX) / determinant;
  const hipY = (shouldersShoulders * hipsY - hipsShoulders * shouldersY) / determinant;
  const shoulderX = (hipsHips * shouldersX - hipsShoulders * hipsX) / determinant;
  const shoulderY = (hipsHips * shouldersY - hipsShoulders * hipsY) / determinant;
  shift(placed, leftHip, hipX, hipY);
  shift(placed, rightHip, hipX, hipY);
  shift(placed, leftShoulder, shoulderX, shoulderY);
  shift(placed, rightShoulder, shoulderX, shoulderY);
}

/** Step 2, for one bone. */
function shiftLimb(
  placed: Float64Array,
  { bone, upper, lower, carried, metres }: LimbBone,
  middles: OutlineMiddles,
): void {
  // The normal equation of the lower end's shift; its right sides along x and y.
  let normal = 1 / metres ** 2;
  let x = 0;
  let y = 0;
  for (let i = 0; i < middles.count; i++) {
    const middle = middles.entries[i];
    if (middle.ring?.part !== 'limb' || middle.ring.from !== bone) continue;
    const share = middle.ring.level;
    const certainty = share / LIMB_MIDDLE_METRES ** 2;
    normal += certainty * share;
    x += certainty * (middle.x - (1 - share) * shifts[2 * upper]);
    y += certainty * (middle.y - (1 - share) * shifts[2 * upper + 1]);
  }
  if (x === 0 && y === 0) return;
  shift(placed, lower, x / normal, y / normal);
  for (let i = 0; i < carried.length; i++) shift(placed, carried[i], x / normal, y / normal);
}

/**
 * The step. Without `middles` it changes nothing.
 *
 * - Reads `middles`: for each part of the body with both sides of its outline in the picture, the shift from the posed
 *   part to the middle of its outline, metres along x and y of camera space.
 * - Shifts the landmarks in `placed` along x and y: 3 × 33, metres in camera space (+x right, +y up, +z towards the
 *   viewer). Each shift is at most `MAX_SHIFT_METRES`.
 */
export const centreOnOutline: PoseStep<'placed' | 'middles'> = {
  name: 'centre-on-outline',
  apply({ placed, middles }) {
    if (middles.count === 0) return;
    shifts.fill(0);
    shiftTrunk(placed, middles);
    for (let b = 0; b < LIMB_BONES.length; b++) shiftLimb(placed, LIMB_BONES[b], middles);
  },
};

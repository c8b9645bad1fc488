// The pose of the mannequin's bones: computes position and rotation of each bone, so that the mannequin's landmark
// sites (the points that pose landmarks mark) are as near as possible to the landmarks of a person.
//
// 1. Rotate pelvis and chest by the lines through hips and shoulders and the axis between them.
// 2. Divide the rotation and the remaining gap between hips and shoulders over the spine.
// 3. Rotate the head by ears and nose, and the neck by the rotation halfway between chest and head.
// 4. Rotate each clavicle towards its shoulder, then upper arm, lower arm and hand towards their landmarks.
// 5. Rotate upper legs, lower legs and feet towards their landmarks.
import { MathUtils, Quaternion, Vector3 } from 'three';
import { boneIndex, SHOULDER_FOLLOWS } from '../mannequin/mannequin.ts';
import { alignBases } from '../math/align-bases.ts';
import type { PosedBody } from './body.ts';
import { landmarkIndex } from './landmark-index.ts';
import { ARMS, type Arm, LEGS, type Leg, type Limb } from './limbs.ts';
import { between, middleOf, read } from './points.ts';
import { armElevation, clavicleElevation, raisedShoulder, shoulderRiseError } from './raised-shoulder.ts';
import type { RestBody } from './rest-body.ts';

/** Largest rotation of a clavicle relative to the chest, radians (sternoclavicular elevation, about 35° in adults). */
const MAX_CLAVICLE_ROTATION = 0.6;
/**
 * The direction in which elbow or knee bend shows the twist of the limb. Sines of the angle of the bend: below the
 * first the twist is unknown, above the second it is used in full.
 */
const TWIST_FROM_BEND: readonly [number, number] = [0.25, 0.6];
/** Share of the hand's rotation about the forearm with which the forearm's twist bone rotates. */
const FOREARM_TWIST_SHARE = 0.5;

/** Deviation of the gap between the trunk and its landmarks while the arms hang, metres. */
const TRUNK_METRES = 0.015;

const FORWARDS = new Vector3(0, 0, 1);

/** Pose of the trunk, the input of the steps for head and limbs. */
interface Trunk {
  /** From the middle of the hips to the middle of the shoulders, camera space, metres. */
  axis: Vector3;
  /** Rotations from the rest pose to camera space. */
  chest: Quaternion;
  pelvis: Quaternion;
}

const solvedTrunk: Trunk = { axis: new Vector3(), chest: new Quaternion(), pelvis: new Quaternion() };
const shoulders = new Vector3();
const hips = new Vector3();
const restShoulders = new Vector3();
const restHips = new Vector3();
const across = new Vector3();
const restAcross = new Vector3();
const restUp = new Vector3();
const ears = new Vector3();
const restEars = new Vector3();
const a = new Vector3();
const b = new Vector3();
const c = new Vector3();
const d = new Vector3();
const carried = new Vector3();
const parent = new Quaternion();
const swing = new Quaternion();
const scratchRotation = new Quaternion();
const lower = new Quaternion();
const hand = new Quaternion();
const mixed = new Quaternion();

/**
 * Writes the pose to `target`.
 *
 * @param placed 3 × 33: x, y, z of each landmark in BlazePose's order, metres in camera space (+x right, +y up, +z
 * towards the viewer).
 * @param rest Joints and sites of the mannequin in its rest pose, in the shopper's shape, metres.
 * @param uprightSlope Slope z / y of the line from hips to shoulders while the pelvis is upright, positive when the
 * shoulders are in front; null: the mannequin's slope.
 * @param target Receives `positions` (metres) and `rotations` (quaternions), in camera space.
 * @returns False when the trunk's landmarks coincide and determine no pose; do not use `target` then.
 */
export function solveSkeleton(
  placed: ArrayLike<number>,
  rest: RestBody,
  uprightSlope: number | null,
  target: PosedBody,
): boolean {
  const trunk = solvedTrunk;
  if (!solveTrunk(placed, rest, uprightSlope, target, trunk)) return false;
  solveHead(placed, rest, trunk, target);
  for (const arm of ARMS) solveArm(arm, placed, rest, trunk, target);
  for (const leg of LEGS) solveLeg(leg, placed, rest, trunk, target);
  return true;
}

function writeRotation(body: PosedBody, bone: number, rotation: Quaternion) {
  return rotation.toArray(body.rotations, 4 * bone);
}
function writePosition(body: PosedBody, bone: number, position: Vector3) {
  return position.toArray(body.positions, 3 * bone);
}

/** Writes the position of `bone`: that of bone `from` plus the rest offset between both, rotated by `rotation`. */
function carry(body: PosedBody, rest: RestBody, from: number, rotation: Quaternion, bone: number): void {
  between(rest.joints, from, bone, carried).applyQuaternion(rotation);
  carried.x += body.positions[3 * from];
  carried.y += body.positions[3 * from + 1];
  carried.z += body.positions[3 * from + 2];
  writePosition(body, bone, carried);
}

/**
 * Steps 1 and 2: writes hips, spine, chest and upper chest to `body`, and the input of the other steps to `trunk`.
 * Returns false when the landmarks coincide.
 */
function solveTrunk(
  placed: ArrayLike<number>,
  rest: RestBody,
  uprightSlope: number | null,
  body: PosedBody,
  trunk: Trunk,
): boolean {
  const { axis, chest, pelvis } = trunk;
  middleOf(placed, landmarkIndex.leftShoulder, landmarkIndex.rightShoulder, shoulders);
  middleOf(placed, landmarkIndex.leftHip, landmarkIndex.rightHip, hips);
  axis.subVectors(shoulders, hips);
  raisedShoulder('left', armElevation('left', placed, axis), rest, b);
  raisedShoulder('right', armElevation('right', placed, axis), rest, c);
  restShoulders.addVectors(b, c).multiplyScalar(0.5);
  restAcross.subVectors(b, c);
  middleOf(rest.sites, landmarkIndex.leftHip, landmarkIndex.rightHip, restHips);
  restUp.subVectors(restShoulders, restHips);
  // The trunk's axis is followed exactly, the line of the shoulders as far as possible: a raised shoulder moves its
  // clavicle, not the chest.
  between(placed, landmarkIndex.rightShoulder, landmarkIndex.leftShoulder, across);
  if (!alignBases(restUp, restAcross, axis, across, chest)) return false;
  // Only the pelvis is rotated by the slope, so the difference bends the back: shoppers' backs are rounder than the
  // mannequin's.
  if (uprightSlope !== null) restUp.z = uprightSlope * restUp.y;
  between(placed, landmarkIndex.rightHip, landmarkIndex.leftHip, across);
  between(rest.sites, landmarkIndex.rightHip, landmarkIndex.leftHip, restAcross);
  if (!alignBases(restUp, restAcross, axis, across, pelvis)) return false;

  read(rest.joints, boneIndex.hips, a).sub(restHips).applyQuaternion(pelvis).add(hips);
  writePosition(body, boneIndex.hips, a);
  writeRotation(body, boneIndex.hips, pelvis);
  writeRotation(body, boneIndex.spine, scratchRotation.copy(pelvis).slerp(chest, 1 / 3));
  carry(body, rest, boneIndex.hips, pelvis, boneIndex.spine);
  carry(body, rest, boneIndex.spine, scratchRotation, boneIndex.chest);
  writeRotation(body, boneIndex.chest, scratchRotation.copy(pelvis).slerp(chest, 2 / 3));
  carry(body, rest, boneIndex.chest, scratchRotation, boneIndex.upperChest);
  writeRotation(body, boneIndex.upperChest, chest);

  // The chain from the hips does not end at the shoulders. Distribute the gap over the three joints of the spine. But the
  // more the arms are raised, the likelier the gap along the trunk is a rise of the shoulders: leave it to the clavicles.
  read(rest.joints, boneIndex.upperChest, a).sub(restShoulders).applyQuaternion(chest).add(shoulders);
  read(body.positions, boneIndex.upperChest, b);
  a.sub(b);
  const riseMetres = shoulderRiseError(placed, axis);
  const riseShare = riseMetres ** 2 / (riseMetres ** 2 + TRUNK_METRES ** 2);
  a.addScaledVector(axis, (-riseShare * a.dot(axis)) / axis.lengthSq());
  for (let step = 1; step <= 3; step++) {
    const bone = step === 1 ? boneIndex.spine : step === 2 ? boneIndex.chest : boneIndex.upperChest;
    read(body.positions, bone, b).addScaledVector(a, step / 3);
    writePosition(body, bone, b);
  }
  return true;
}

/** Step 3: writes neck and head. If ears and nose determine no rotation, the head has the chest's. */
function solveHead(placed: ArrayLike<number>, rest: RestBody, { chest }: Trunk, body: PosedBody): void {
  between(placed, landmarkIndex.rightEar, landmarkIndex.leftEar, across);
  between(rest.sites, landmarkIndex.rightEar, landmarkIndex.leftEar, restAcross);
  middleOf(placed, landmarkIndex.leftEar, landmarkIndex.rightEar, ears);
  middleOf(rest.sites, landmarkIndex.leftEar, landmarkIndex.rightEar, restEars);
  read(placed, landmarkIndex.nose, a).sub(ears);
  read(rest.sites, landmarkIndex.nose, b).sub(restEars);
  if (!alignBases(restAcross, b, across, a, scratchRotation)) scratchRotation.copy(chest);
  carry(body, rest, boneIndex.upperChest, chest, boneIndex.neck);
  writeRotation(body, boneIndex.neck, mixed.copy(chest).slerp(scratchRotation, 0.5));
  read(rest.joints, boneIndex.head, c).sub(restEars).applyQuaternion(scratchRotation).add(ears);
  writePosition(body, boneIndex.head, c);
  writeRotation(body, boneIndex.head, scratchRotation);
}

/**
 * Writes the upper and lower bone of a limb, and the twist bone of the upper one.
 *
 * The swing rotates the rest direction of the upper bone onto its landmarks. The twist about that direction follows
 * from the bend of the middle joint. The upper bone gets the swing alone, its twist bone swing and twist, so that the
 * twist is spread along the limb and does not wring the cloth at its root.
 *
 * @param parentRotation Rotation of the upper bone's parent from the rest pose to camera space.
 * @param lowerRotation Receives that of the lower bone.
 */
function solveLimb(
  limb: Limb,
  parentRotation: Quaternion,
  placed: ArrayLike<number>,
  rest: RestBody,
  body: PosedBody,
  lowerRotation: Quaternion,
): void {
  read(placed, limb.middle, c).sub(read(body.positions, limb.upper, a));
  read(rest.sites, limb.middle, b).sub(read(rest.joints, limb.upper, a));
  const length = c.length();
  if (length > 0) {
    d.copy(b).applyQuaternion(parentRotation).normalize();
    swing.setFromUnitVectors(d, c.divideScalar(length)).multiply(parentRotation);
  } else swing.copy(parentRotation);
  writeRotation(body, limb.upper, swing);
  read(rest.joints, limb.lower, a)
    .sub(read(rest.sites, limb.middle, d))
    .applyQuaternion(swing)
    .add(read(placed, limb.middle, d));
  writePosition(body, limb.lower, a);

  between(placed, limb.middle, limb.end, d);
  const lowerLength = d.length();
  const sine = lowerLength > 0 ? a.crossVectors(c, d).length() / lowerLength : 0;
  const twistShare = MathUtils.smoothstep(sine, TWIST_FROM_BEND[0], TWIST_FROM_BEND[1]);
  scratchRotation.copy(swing);
  if (twistShare > 0 && alignBases(b, limb.bend, c, d, scratchRotation))
    scratchRotation.copy(mixed.copy(swing).slerp(scratchRotation, twistShare));
  writeRotation(body, limb.upperTwist, scratchRotation);
  carry(body, rest, limb.upper, scratchRotation, limb.upperTwist);

  // The joint is a hinge: the lower bone keeps the twist of the upper one and follows its own direction.
  if (lowerLength > 0) {
    between(rest.sites, limb.middle, limb.end, a).applyQuaternion(scratchRotation).normalize();
    lowerRotation.setFromUnitVectors(a, d.divideScalar(lowerLength)).multiply(scratchRotation);
  } else lowerRotation.copy(scratchRotation);
  writeRotation(body, limb.lower, lowerRotation);
}

/** Step 4: writes clavicle, arm and hand. */
function solveArm(arm: Arm, placed: ArrayLike<number>, rest: RestBody, trunk: Trunk, body: PosedBody): void {
  const { axis, chest } = trunk;
  carry(body, rest, boneIndex.upperChest, chest, arm.clavicle);
  read(rest.sites, arm.root, a)
    .sub(read(rest.joints, arm.clavicle, b))
    .applyQuaternion(chest)
    .normalize();
  read(placed, arm.root, c)
    .sub(read(body.positions, arm.clavicle, b))
    .normalize();
  scratchRotation.setFromUnitVectors(a, c);
  const angle = 2 * Math.acos(Math.min(1, Math.abs(scratchRotation.w)));
  if (angle > MAX_CLAVICLE_ROTATION)
    scratchRotation.copy(mixed.identity().slerp(scratchRotation, MAX_CLAVICLE_ROTATION / angle));
  parent.multiplyQuaternions(scratchRotation, chest);
  // The landmark of a raised shoulder follows only the share SHOULDER_FOLLOWS of the clavicle's elevation.
  const hiddenElevation = (1 - SHOULDER_FOLLOWS) * clavicleElevation(armElevation(arm.side, placed, axis));
  parent.multiply(scratchRotation.setFromAxisAngle(FORWARDS, arm.side === 'left' ? hiddenElevation : -hiddenElevation));
  writeRotation(body, arm.clavicle, parent);
  carry(body, rest, arm.clavicle, parent, arm.upper);

  solveLimb(arm, parent, placed, rest, body, lower);

  read(placed, arm.end, c);
  writePosition(body, arm.hand, c);
  middleOf(placed, arm.pinky, arm.index, a).sub(c);
  middleOf(rest.sites, arm.pinky, arm.index, b).sub(read(rest.sites, arm.end, c));
  between(placed, arm.pinky, arm.index, c);
  between(rest.sites, arm.pinky, arm.index, d);
  hand.copy(lower);
  alignBases(b, d, a, c, hand);
  writeRotation(body, arm.hand, hand);
  scratchRotation.copy(lower).slerp(hand, FOREARM_TWIST_SHARE);
  keepDirection(scratchRotation, lower, between(rest.joints, arm.lower, arm.hand, a));
  writeRotation(body, arm.lowerTwist, scratchRotation);
  carry(body, rest, arm.lower, lower, arm.lowerTwist);
}

/**
 * Corrects `rotation`, in place, so that it rotates `direction` to where `reference` rotates it. The two rotations then
 * differ only by a twist about that direction.
 */
function keepDirection(rotation: Quaternion, reference: Quaternion, direction: Vector3): void {
  b.copy(direction).applyQuaternion(rotation).normalize();
  c.copy(direction).applyQuaternion(reference).normalize();
  rotation.premultiply(mixed.setFromUnitVectors(b, c));
}

/** Step 5: writes leg and foot. */
function solveLeg(leg: Leg, placed: ArrayLike<number>, rest: RestBody, { pelvis }: Trunk, body: PosedBody): void {
  carry(body, rest, boneIndex.hips, pelvis, leg.upper);
  solveLimb(leg, pelvis, placed, rest, body, lower);
  read(rest.joints, leg.foot, a)
    .sub(read(rest.sites, leg.end, b))
    .applyQuaternion(lower)
    .add(read(placed, leg.end, c));
  writePosition(body, leg.foot, a);
  between(placed, leg.heel, leg.toe, a);
  between(rest.sites, leg.heel, leg.toe, b);
  between(placed, leg.end, leg.middle, c);
  between(rest.sites, leg.end, leg.middle, d);
  scratchRotation.copy(lower);
  alignBases(b, d, a, c, scratchRotation);
  writeRotation(body, leg.foot, scratchRotation);
  writeRotation(body, leg.toes, scratchRotation);
  carry(body, rest, leg.foot, scratchRotation, leg.toes);
}

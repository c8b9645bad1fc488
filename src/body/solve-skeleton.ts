import { MathUtils, Quaternion, Vector3 } from 'three';
import { boneIndex, SHOULDER_FOLLOWS } from '../mannequin/mannequin.ts';
import { alignBases } from '../math/align-bases.ts';
import type { PosedBody } from './body.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { type Arm, arms, type Leg, type Limb, legs } from './limbs.ts';
import { armElevation, clavicleElevation, raisedShoulder } from './raised-shoulder.ts';
import type { RestBody } from './rest-body.ts';

/** A clavicle turns at most this far from the chest (sternoclavicular elevation, about 35° in adults), radians. */
const MAX_CLAVICLE_TURN = 0.6;
/** Sine of the elbow's or knee's bend below which the joint says nothing about the limb's twist, and above which it says all. */
const TWIST_FROM_BEND: readonly [number, number] = [0.25, 0.6];
/** Share of the hand's turn about the forearm that the middle of the forearm takes. */
const FOREARM_TWIST_SHARE = 0.5;

/** In the rest pose elbows bend forwards and knees backwards: where the lower limb goes. */
const elbowBend = new Vector3(0, 0, 1);
const kneeBend = new Vector3(0, 0, -1);
const forwards = new Vector3(0, 0, 1);

const shoulders = new Vector3();
const hips = new Vector3();
const restShoulders = new Vector3();
const restHips = new Vector3();
const across = new Vector3();
const up = new Vector3();
const restAcross = new Vector3();
const restUp = new Vector3();
const ears = new Vector3();
const restEars = new Vector3();
const a = new Vector3();
const b = new Vector3();
const c = new Vector3();
const d = new Vector3();
const carried = new Vector3();
const chest = new Quaternion();
const pelvis = new Quaternion();
const parent = new Quaternion();
const swing = new Quaternion();
const turn = new Quaternion();
const hand = new Quaternion();
const mixed = new Quaternion();

function read(points: ArrayLike<number>, index: number, target: Vector3) {
  return target.fromArray(points, 3 * index);
}

function middleOf(points: ArrayLike<number>, i: number, j: number, target: Vector3) {
  return target.set(
    (points[3 * i] + points[3 * j]) / 2,
    (points[3 * i + 1] + points[3 * j + 1]) / 2,
    (points[3 * i + 2] + points[3 * j + 2]) / 2,
  );
}

/** `target` = points[to] − points[from]. */
function between(points: ArrayLike<number>, from: number, to: number, target: Vector3) {
  return target.set(
    points[3 * to] - points[3 * from],
    points[3 * to + 1] - points[3 * from + 1],
    points[3 * to + 2] - points[3 * from + 2],
  );
}

function writeRotation(body: PosedBody, bone: number, rotation: Quaternion) {
  return rotation.toArray(body.rotations, 4 * bone);
}
function writePosition(body: PosedBody, bone: number, position: Vector3) {
  return position.toArray(body.positions, 3 * bone);
}

/** Places `bone` where `from`, turned by `rotation`, carries it. */
function carry(body: PosedBody, rest: RestBody, from: number, rotation: Quaternion, bone: number): void {
  between(rest.joints, from, bone, carried).applyQuaternion(rotation);
  carried.x += body.positions[3 * from];
  carried.y += body.positions[3 * from + 1];
  carried.z += body.positions[3 * from + 2];
  writePosition(body, bone, carried);
}

/** Turns of pelvis and chest, the spine between them, and where they stand. */
function solveTrunk(placed: ArrayLike<number>, rest: RestBody, uprightSlope: number | null, body: PosedBody): boolean {
  middleOf(placed, at.leftShoulder, at.rightShoulder, shoulders);
  middleOf(placed, at.leftHip, at.rightHip, hips);
  up.subVectors(shoulders, hips);
  raisedShoulder('left', armElevation('left', placed, up), rest, b);
  raisedShoulder('right', armElevation('right', placed, up), rest, c);
  restShoulders.addVectors(b, c).multiplyScalar(0.5);
  restAcross.subVectors(b, c);
  middleOf(rest.sites, at.leftHip, at.rightHip, restHips);
  restUp.subVectors(restShoulders, restHips);
  // The axis of the trunk is exact, the shoulder line second: a raised shoulder is the clavicle's matter, not the chest's.
  between(placed, at.rightShoulder, at.leftShoulder, across);
  if (!alignBases(restUp, restAcross, up, across, chest)) return false;
  // What a slope of the whole trunk leaves to the back's own bend is the chest's: shoppers' are rounder than a mannequin's.
  if (uprightSlope !== null) restUp.z = uprightSlope * restUp.y;
  between(placed, at.rightHip, at.leftHip, across);
  between(rest.sites, at.rightHip, at.leftHip, restAcross);
  if (!alignBases(restUp, restAcross, up, across, pelvis)) return false;

  read(rest.joints, boneIndex.hips, a).sub(restHips).applyQuaternion(pelvis).add(hips);
  writePosition(body, boneIndex.hips, a);
  writeRotation(body, boneIndex.hips, pelvis);
  writeRotation(body, boneIndex.spine, turn.copy(pelvis).slerp(chest, 1 / 3));
  carry(body, rest, boneIndex.hips, pelvis, boneIndex.spine);
  carry(body, rest, boneIndex.spine, turn, boneIndex.chest);
  writeRotation(body, boneIndex.chest, turn.copy(pelvis).slerp(chest, 2 / 3));
  carry(body, rest, boneIndex.chest, turn, boneIndex.upperChest);
  writeRotation(body, boneIndex.upperChest, chest);

  // The chain from the hips misses the shoulders by what is off this frame: the spine shares it out.
  read(rest.joints, boneIndex.upperChest, a).sub(restShoulders).applyQuaternion(chest).add(shoulders);
  read(body.positions, boneIndex.upperChest, b);
  a.sub(b);
  for (let step = 1; step <= 3; step++) {
    const bone = step === 1 ? boneIndex.spine : step === 2 ? boneIndex.chest : boneIndex.upperChest;
    read(body.positions, bone, b).addScaledVector(a, step / 3);
    writePosition(body, bone, b);
  }
  return true;
}

function solveHead(placed: ArrayLike<number>, rest: RestBody, body: PosedBody): void {
  between(placed, at.rightEar, at.leftEar, across);
  between(rest.sites, at.rightEar, at.leftEar, restAcross);
  middleOf(placed, at.leftEar, at.rightEar, ears);
  middleOf(rest.sites, at.leftEar, at.rightEar, restEars);
  read(placed, at.nose, a).sub(ears);
  read(rest.sites, at.nose, b).sub(restEars);
  if (!alignBases(restAcross, b, across, a, turn)) turn.copy(chest);
  carry(body, rest, boneIndex.upperChest, chest, boneIndex.neck);
  writeRotation(body, boneIndex.neck, parent.copy(chest).slerp(turn, 0.5));
  read(rest.joints, boneIndex.head, c).sub(restEars).applyQuaternion(turn).add(ears);
  writePosition(body, boneIndex.head, c);
  writeRotation(body, boneIndex.head, turn);
}

/**
 * Turns of an upper and a lower limb bone whose joints are placed: the swing that brings the rest direction onto the
 * limb, and the twist that the bend of the middle joint shows. The upper bone takes the swing, its twist helper both, so
 * that the twist is spread along the limb instead of wringing its root.
 */
function solveLimb(limb: Limb, bend: Vector3, placed: ArrayLike<number>, rest: RestBody, body: PosedBody): void {
  read(placed, limb.middle, c).sub(read(body.positions, limb.upper, a));
  read(rest.sites, limb.middle, b).sub(read(rest.joints, limb.upper, a));
  const length = c.length();
  if (length > 0) {
    d.copy(b).applyQuaternion(parent).normalize();
    swing.setFromUnitVectors(d, c.divideScalar(length)).multiply(parent);
  } else swing.copy(parent);
  writeRotation(body, limb.upper, swing);
  read(rest.joints, limb.lower, a)
    .sub(read(rest.sites, limb.middle, d))
    .applyQuaternion(swing)
    .add(read(placed, limb.middle, d));
  writePosition(body, limb.lower, a);

  between(placed, limb.middle, limb.end, d);
  const lower = d.length();
  const sine = lower > 0 ? a.crossVectors(c, d).length() / lower : 0;
  const trust = MathUtils.smoothstep(sine, TWIST_FROM_BEND[0], TWIST_FROM_BEND[1]);
  turn.copy(swing);
  if (trust > 0 && alignBases(b, bend, c, d, turn)) turn.copy(mixed.copy(swing).slerp(turn, trust));
  writeRotation(body, limb.upperTwist, turn);
  carry(body, rest, limb.upper, turn, limb.upperTwist);

  // The lower bone follows its own direction with the upper's twist: a hinge.
  if (lower > 0) {
    between(rest.sites, limb.middle, limb.end, a).applyQuaternion(turn).normalize();
    swing.setFromUnitVectors(a, d.divideScalar(lower)).multiply(turn);
  } else swing.copy(turn);
  writeRotation(body, limb.lower, swing);
}

function solveArm(arm: Arm, placed: ArrayLike<number>, rest: RestBody, body: PosedBody): void {
  carry(body, rest, boneIndex.upperChest, chest, arm.clavicle);
  read(rest.sites, arm.root, a)
    .sub(read(rest.joints, arm.clavicle, b))
    .applyQuaternion(chest)
    .normalize();
  read(placed, arm.root, c)
    .sub(read(body.positions, arm.clavicle, b))
    .normalize();
  turn.setFromUnitVectors(a, c);
  const angle = 2 * Math.acos(Math.min(1, Math.abs(turn.w)));
  if (angle > MAX_CLAVICLE_TURN) turn.copy(swing.identity().slerp(turn, MAX_CLAVICLE_TURN / angle));
  parent.multiplyQuaternions(turn, chest);
  const unseen = (1 - SHOULDER_FOLLOWS) * clavicleElevation(armElevation(arm.side, placed, up));
  parent.multiply(turn.setFromAxisAngle(forwards, arm.side === 'left' ? unseen : -unseen));
  writeRotation(body, arm.clavicle, parent);
  carry(body, rest, arm.clavicle, parent, arm.upper);

  solveLimb(arm, elbowBend, placed, rest, body);

  read(placed, arm.end, c);
  writePosition(body, arm.hand, c);
  middleOf(placed, arm.pinky, arm.index, a).sub(c);
  middleOf(rest.sites, arm.pinky, arm.index, b).sub(read(rest.sites, arm.end, c));
  between(placed, arm.pinky, arm.index, c);
  between(rest.sites, arm.pinky, arm.index, d);
  hand.copy(swing);
  alignBases(b, d, a, c, hand);
  writeRotation(body, arm.hand, hand);
  turn.copy(swing).slerp(hand, FOREARM_TWIST_SHARE);
  keepDirection(turn, swing, between(rest.joints, arm.lower, arm.hand, a));
  writeRotation(body, arm.lowerTwist, turn);
  carry(body, rest, arm.lower, swing, arm.lowerTwist);
}

/** Takes from `rotation` whatever moves `direction` away from where `reference` puts it: leaves a pure twist between the two. */
function keepDirection(rotation: Quaternion, reference: Quaternion, direction: Vector3): void {
  b.copy(direction).applyQuaternion(rotation).normalize();
  c.copy(direction).applyQuaternion(reference).normalize();
  rotation.premultiply(mixed.setFromUnitVectors(b, c));
}

function solveLeg(leg: Leg, placed: ArrayLike<number>, rest: RestBody, body: PosedBody): void {
  parent.copy(pelvis);
  carry(body, rest, boneIndex.hips, pelvis, leg.upper);
  solveLimb(leg, kneeBend, placed, rest, body);
  read(rest.joints, leg.foot, a)
    .sub(read(rest.sites, leg.end, b))
    .applyQuaternion(swing)
    .add(read(placed, leg.end, c));
  writePosition(body, leg.foot, a);
  between(placed, leg.heel, leg.toe, a);
  between(rest.sites, leg.heel, leg.toe, b);
  between(placed, leg.end, leg.middle, c);
  between(rest.sites, leg.end, leg.middle, d);
  turn.copy(swing);
  alignBases(b, d, a, c, turn);
  writeRotation(body, leg.foot, turn);
  writeRotation(body, leg.toes, turn);
  carry(body, rest, leg.foot, turn, leg.toes);
}

/**
 * Poses the mannequin so that its landmark sites come to the placed landmarks.
 *
 * @param placed 3 × 33, landmarks in camera space, metres.
 * @param rest the mannequin in its rest pose, in the shopper's shape.
 * @param uprightSlope slope towards the viewer, from hips to shoulders, at which a trunk on an upright pelvis is placed; null: as the mannequin's own at rest.
 * @param target receives `positions` and `rotations`.
 * @returns false when the trunk's landmarks fall together and fix no pose; `target` is then not to be used.
 */
export function solveSkeleton(
  placed: ArrayLike<number>,
  rest: RestBody,
  uprightSlope: number | null,
  target: PosedBody,
): boolean {
  if (!solveTrunk(placed, rest, uprightSlope, target)) return false;
  solveHead(placed, rest, target);
  for (const arm of arms) solveArm(arm, placed, rest, target);
  for (const leg of legs) solveLeg(leg, placed, rest, target);
  return true;
}

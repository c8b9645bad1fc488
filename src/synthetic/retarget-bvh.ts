/**
 * Converts the motion of a BVH file's body to a motion of the mannequin. The file has its own unit of length, axes and
 * rest pose; the mannequin's are metres, +x to the body's left, +y up, +z forward, and arms 45° down.
 *
 * 1. Find left, up and forward in the file's axes from the joints of its rest pose, and the scale from its legs'
 *    length.
 * 2. Find each limb bone's correction: the rotation from the mannequin's rest pose (an A) to the file's (often a T).
 * 3. In each frame, pose the file's joints and convert rotations and positions to the mannequin's axes; rotate
 *    the whole body about the vertical so that it faces the camera (+z) in the first frame.
 * 4. Split each limb bone's rotation relative to its parent into swing and twist; half of the twist goes to the twist
 *    bone.
 * 5. Translate the body so that it starts at x = z = 0 and its lowest ankle in all frames is as high as the
 *    mannequin's.
 */
import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex, boneNames, boneParents } from '../mannequin/mannequin.ts';
import { legRegions, regions } from '../mannequin/regions.ts';
import type { BvhClip, BvhJoint } from './parse-bvh.ts';
import type { MotionClip } from './play-clip.ts';

const SIDES = ['left', 'right'] as const;
/** Length of the mean body's leg from hip joint to ankle, metres, rounded. */
const LEG_METRES = 0.8;

/** A bone of an arm or leg and its direction. */
interface LimbBone {
  bone: BoneName;
  /** The bone whose joint is at the end of `bone`. */
  next: BoneName;
  /** Direction of `bone` in the mannequin's rest pose, model space, unit length. */
  restDirection: Vector3;
}

const limbBones: readonly LimbBone[] = SIDES.flatMap((side) => {
  const outAndDown = new Vector3(side === 'left' ? 1 : -1, -1, 0).normalize();
  const down = new Vector3(0, -1, 0);
  return [
    { bone: `${side}UpperArm`, next: `${side}LowerArm`, restDirection: outAndDown },
    { bone: `${side}LowerArm`, next: `${side}Hand`, restDirection: outAndDown },
    { bone: `${side}UpperLeg`, next: `${side}LowerLeg`, restDirection: down },
    { bone: `${side}LowerLeg`, next: `${side}Foot`, restDirection: down },
  ] satisfies LimbBone[];
});

/**
 * Bones and their twist bones. Twist is a bone's rotation about its own axis relative to its parent: the bone gets none
 * of it, and its twist bone gets half.
 */
const twistBones: readonly (readonly [bone: BoneName, twistBone: BoneName])[] = [
  ['leftLowerArm', 'leftLowerArmTwist'],
  ['rightLowerArm', 'rightLowerArmTwist'],
  ['leftUpperArm', 'leftUpperArmTwist'],
  ['rightUpperArm', 'rightUpperArmTwist'],
  ['leftUpperLeg', 'leftUpperLegTwist'],
  ['rightUpperLeg', 'rightUpperLegTwist'],
];

/** The mannequin's +x, +y and +z in the file's axes, unit length. */
interface FileAxes {
  left: Vector3;
  up: Vector3;
  forward: Vector3;
}

/**
 * Returns the clip's motion as a motion of the mannequin: bone rotations and translations (metres) for the same frames.
 * Throws `TypeError` if the legs of the file's body have no length.
 *
 * @param jointOfBone for each bone, by index into `boneNames`, the index of its joint in the clip, or −1 for none
 * (`findBvhJoints`). A bone without a joint does not rotate relative to its parent; twist bones get their share of
 * their bone's twist.
 */
export function retargetBvh({ joints, frames, frameSeconds }: BvhClip, jointOfBone: readonly number[]): MotionClip {
  const pick = (positions: readonly Vector3[], bone: BoneName): Vector3 => positions[jointOfBone[boneIndex[bone]]];
  const middleOf = (positions: readonly Vector3[], a: BoneName, b: BoneName): Vector3 =>
    pick(positions, a).clone().add(pick(positions, b)).multiplyScalar(0.5);

  const rest: Vector3[] = [];
  for (const { parent, offset } of joints) rest.push(offset.clone().add(parent < 0 ? new Vector3() : rest[parent]));
  const up = nearestAxis(middleOf(rest, 'leftUpperArm', 'rightUpperArm').sub(middleOf(rest, 'leftFoot', 'rightFoot')));
  const left = nearestAxis(pick(rest, 'leftUpperLeg').clone().sub(pick(rest, 'rightUpperLeg')));
  const axes = { left, up, forward: new Vector3().crossVectors(left, up) };
  let legLength = 0;
  for (const { bone, next } of limbBones)
    if (legRegions.includes(regions[boneIndex[bone]].region))
      legLength += pick(rest, bone).distanceTo(pick(rest, next)) / SIDES.length;
  if (!(legLength > 0)) throw new TypeError('BVH: the legs have no length.');
  const metresPerUnit = LEG_METRES / legLength;

  const corrections = boneNames.map(() => new Quaternion());
  for (const { bone, next, restDirection } of limbBones) {
    const fileDirection = toModelAxes(pick(rest, next).clone().sub(pick(rest, bone)), axes).normalize();
    corrections[boneIndex[bone]].setFromUnitVectors(restDirection, fileDirection);
  }
  // The hand continues its forearm.
  for (const side of SIDES) corrections[boneIndex[`${side}Hand`]].copy(corrections[boneIndex[`${side}LowerArm`]]);

  const localRotations = new Float32Array(4 * BONE_COUNT * frames);
  const rootPositions = new Float32Array(3 * frames);
  let lowestFootMetres = Infinity;
  const heading = new Quaternion();
  for (let f = 0; f < frames; f++) {
    const { rotations, positions } = poseJoints(joints, f);
    for (const position of positions) toModelAxes(position, axes);
    if (f === 0) {
      const hips = pick(positions, 'leftUpperLeg').clone().sub(pick(positions, 'rightUpperLeg'));
      heading.setFromAxisAngle(new Vector3(0, 1, 0), Math.atan2(hips.z, hips.x));
    }
    const worldRotations: Quaternion[] = [];
    boneNames.forEach((_, b) => {
      const joint = jointOfBone[b];
      const parent = boneParents[b];
      if (joint >= 0) {
        const rotation = rotationToModelAxes(rotations[joint].clone(), axes);
        worldRotations.push(heading.clone().multiply(rotation).multiply(corrections[b]));
      } else worldRotations.push(parent < 0 ? heading.clone() : worldRotations[parent].clone());
    });
    writeLocalRotations(splitTwists(worldRotations), localRotations, f);
    middleOf(positions, 'leftUpperLeg', 'rightUpperLeg')
      .applyQuaternion(heading)
      .multiplyScalar(metresPerUnit)
      .toArray(rootPositions, 3 * f);
    for (const side of SIDES)
      lowestFootMetres = Math.min(lowestFootMetres, metresPerUnit * pick(positions, `${side}Foot`).y);
  }
  const [startX, , startZ] = rootPositions;
  for (let f = 0; f < frames; f++) {
    rootPositions[3 * f] -= startX;
    rootPositions[3 * f + 1] -= lowestFootMetres + LEG_METRES;
    rootPositions[3 * f + 2] -= startZ;
  }
  return { localRotations, rootPositions, frames, frameMs: 1000 * frameSeconds };
}

/** Computes the rotations and positions of all joints in one frame, in the file's axes and unit, from its origin. */
function poseJoints(joints: readonly BvhJoint[], frame: number): { rotations: Quaternion[]; positions: Vector3[] } {
  const rotations: Quaternion[] = [];
  const positions: Vector3[] = [];
  for (const joint of joints) {
    const position = new Vector3().fromArray(joint.positions, 3 * frame);
    const rotation = new Quaternion().fromArray(joint.rotations, 4 * frame);
    if (joint.parent >= 0) {
      position.applyQuaternion(rotations[joint.parent]).add(positions[joint.parent]);
      rotation.premultiply(rotations[joint.parent]);
    }
    positions.push(position);
    rotations.push(rotation);
  }
  return { rotations, positions };
}

/**
 * Returns a copy of the world rotations, by bone, in which limb bones have no twist and their twist bones have half of
 * it. A world rotation is a bone's rotation from the rest pose in the mannequin's axes.
 */
function splitTwists(worldRotations: readonly Quaternion[]): Quaternion[] {
  const split = worldRotations.map((rotation) => rotation.clone());
  for (const [bone, twistBone] of twistBones) {
    const b = boneIndex[bone];
    const { restDirection } = limbBones.find((limb) => limb.bone === bone)!;
    const local = worldRotations[boneParents[b]].clone().invert().multiply(worldRotations[b]);
    const twist = twistAbout(local, restDirection);
    split[b].copy(worldRotations[b]).multiply(twist.clone().invert());
    split[boneIndex[twistBone]].copy(split[b]).multiply(new Quaternion().slerp(twist, 0.5));
  }
  return split;
}

/**
 * Writes each bone's rotation relative to its parent into the frame `frame` of `target`, 4 × BONE_COUNT values a frame.
 * The frame before must be written already.
 */
function writeLocalRotations(worldRotations: readonly Quaternion[], target: Float32Array, frame: number): void {
  const before = new Quaternion();
  worldRotations.forEach((world, b) => {
    const parent = boneParents[b];
    const local = parent < 0 ? world.clone() : worldRotations[parent].clone().invert().multiply(world);
    const offset = 4 * (frame * BONE_COUNT + b);
    // q and −q are the same rotation: keep the sign of the frame before, so that frames can be blended.
    if (frame > 0 && local.dot(before.fromArray(target, offset - 4 * BONE_COUNT)) < 0)
      local.set(-local.x, -local.y, -local.z, -local.w);
    local.normalize().toArray(target, offset);
  });
}

/** Converts a vector from the file's axes to the mannequin's, in place, and returns it. */
function toModelAxes(vector: Vector3, { left, up, forward }: FileAxes): Vector3 {
  return vector.set(vector.dot(left), vector.dot(up), vector.dot(forward));
}

const rotationAxis = new Vector3();

/** Converts a rotation from the file's axes to the mannequin's, in place, and returns it. */
function rotationToModelAxes(rotation: Quaternion, axes: FileAxes): Quaternion {
  const { x, y, z } = toModelAxes(rotationAxis.set(rotation.x, rotation.y, rotation.z), axes);
  return rotation.set(x, y, z, rotation.w);
}

/** Returns the part of a rotation that is about `axis`, a unit vector (swing-twist decomposition). */
function twistAbout({ x, y, z, w }: Quaternion, axis: Vector3): Quaternion {
  const alongAxis = x * axis.x + y * axis.y + z * axis.z;
  const sign = w < 0 ? -1 : 1;
  const twist = new Quaternion(
    sign * alongAxis * axis.x,
    sign * alongAxis * axis.y,
    sign * alongAxis * axis.z,
    sign * w,
  );
  return twist.length() < 1e-9 ? twist.identity() : twist.normalize();
}

/** Returns the coordinate axis nearest to `vector`, as a unit vector with a sign: one of ±x, ±y, ±z. */
function nearestAxis(vector: Vector3): Vector3 {
  const components = vector.toArray();
  const longest = components.reduce((best, c, i) => (Math.abs(c) > Math.abs(components[best]) ? i : best), 0);
  return new Vector3().setComponent(longest, Math.sign(components[longest]) || 1);
}

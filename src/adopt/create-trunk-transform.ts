import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';

/**
 * Writes to `target` the transformed `position`, metres, of a vertex on this bone of the trunk (index in `boneNames`).
 */
export type TrunkTransform = (bone: number, position: Vector3, target: Vector3) => void;

/**
 * The additional movement of cloth along a clavicle, metres: 0 at its inner joint, `correction` at the shoulder joint.
 */
interface ClavicleTransform {
  /** Inner joint of the clavicle on the first body. */
  from: Vector3;
  /** From there to the shoulder joint. */
  along: Vector3;
  /** From the shoulder joint as the trunk's transform moves it to the target body's shoulder joint. */
  correction: Vector3;
}

/**
 * Creates the function that moves positions of cloth on the trunk of one body to the trunk of another.
 *
 * 1. Computes how far up a position is between the middle of the hip joints and the middle of the shoulder joints,
 *    clamped to 0..1, and adds the movement of both middles, interpolated by it: the trunk is sheared and stretched.
 * 2. On a clavicle, adds what its shoulder joint then misses on the target body, times the position's fraction along
 *    the clavicle (0..1).
 *
 * @param modelledOn Rest joints of the first body: x, y, z in metres for each bone in the order of `boneNames`
 * (3 × BONE_COUNT), +y up. The shoulder joints are above the hip joints.
 * @param targetJoints Rest joints of the second body, in the same order and unit.
 */
export function createTrunkTransform(modelledOn: Float32Array, targetJoints: Float32Array): TrunkTransform {
  const low = middleOf(modelledOn, boneIndex.leftUpperLeg, boneIndex.rightUpperLeg);
  const targetLow = middleOf(targetJoints, boneIndex.leftUpperLeg, boneIndex.rightUpperLeg);
  const axis = middleOf(modelledOn, boneIndex.leftUpperArm, boneIndex.rightUpperArm).sub(low);
  const targetAxis = middleOf(targetJoints, boneIndex.leftUpperArm, boneIndex.rightUpperArm).sub(targetLow);

  /** Step 1. */
  function moveTrunk(position: Vector3, target: Vector3): void {
    const fraction = Math.min(1, Math.max(0, (position.y - low.y) / axis.y));
    target
      .copy(position)
      .addScaledVector(axis, -fraction)
      .sub(low)
      .add(targetLow)
      .addScaledVector(targetAxis, fraction);
  }

  function createClavicle(clavicle: number, shoulder: number): ClavicleTransform {
    const from = jointOf(modelledOn, clavicle);
    const to = jointOf(modelledOn, shoulder);
    const moved = new Vector3();
    moveTrunk(to, moved);
    return { from, along: to.sub(from), correction: jointOf(targetJoints, shoulder).sub(moved) };
  }

  const clavicles: Partial<Record<number, ClavicleTransform>> = {
    [boneIndex.leftShoulder]: createClavicle(boneIndex.leftShoulder, boneIndex.leftUpperArm),
    [boneIndex.rightShoulder]: createClavicle(boneIndex.rightShoulder, boneIndex.rightUpperArm),
  };
  return (bone, position, target) => {
    moveTrunk(position, target);
    const clavicle = clavicles[bone];
    if (!clavicle) return;
    const { from, along, correction } = clavicle;
    const projection =
      (position.x - from.x) * along.x + (position.y - from.y) * along.y + (position.z - from.z) * along.z;
    target.addScaledVector(correction, Math.min(1, Math.max(0, projection / (along.lengthSq() || 1))));
  };
}

function jointOf(joints: Float32Array, bone: number): Vector3 {
  return new Vector3().fromArray(joints, 3 * bone);
}

function middleOf(joints: Float32Array, a: number, b: number): Vector3 {
  return jointOf(joints, a).add(jointOf(joints, b)).multiplyScalar(0.5);
}

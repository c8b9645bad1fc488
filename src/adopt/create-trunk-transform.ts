import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';

/** Writes to `target` where a position goes that hangs on a bone of the trunk, metres. */
export type TrunkTransform = (bone: number, position: Vector3, target: Vector3) => void;

/**
 * By how far, `correction`, the shoulder joint misses the target after the trunk's movement, and the clavicle from
 * `from`.
 */
interface ClavicleTransform {
  from: Vector3;
  along: Vector3;
  correction: Vector3;
}

/**
 * Creates the transform of the trunk from one body to another. Heights between the middle of the hip joints and the
 * middle of the shoulder joints are mapped evenly, and the trunk is sheared and stretched to where these middles go. A
 * position that hangs on a clavicle moves further, the more the nearer it lies to the shoulder joint, so that the joint
 * ends where the target body has it.
 *
 * @param modelledOn Rest joints of the first body, 3 × BONE_COUNT, metres.
 * @param targetJoints Rest joints of the second body, likewise.
 */
export function createTrunkTransform(modelledOn: Float32Array, targetJoints: Float32Array): TrunkTransform {
  const low = middleOf(modelledOn, boneIndex.leftUpperLeg, boneIndex.rightUpperLeg);
  const targetLow = middleOf(targetJoints, boneIndex.leftUpperLeg, boneIndex.rightUpperLeg);
  const axis = middleOf(modelledOn, boneIndex.leftUpperArm, boneIndex.rightUpperArm).sub(low);
  const targetAxis = middleOf(targetJoints, boneIndex.leftUpperArm, boneIndex.rightUpperArm).sub(targetLow);

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

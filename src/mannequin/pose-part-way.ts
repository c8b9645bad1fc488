import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, boneParents } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

/** Scratch. */
const parent = new Quaternion();
const turn = new Quaternion();
const rest = new Quaternion();
const offset = new Vector3();

/**
 * Computes a pose between the rest pose and `pose`: the hips are where they are in `pose`, and each joint is turned by
 * a share of its turn. Writes `target`, returns it, and allocates nothing.
 *
 * @param joints rest joints of the shaped body, 3 × BONE_COUNT, model space, metres.
 * @param share 0: the rest pose, moved and turned to the hips; 1: `pose`.
 */
export function posePartWay(
  joints: ArrayLike<number>,
  pose: MannequinPose,
  share: number,
  target: MannequinPose,
): MannequinPose {
  const { positions, rotations } = target;
  for (let b = 0; b < BONE_COUNT; b++) {
    const p = boneParents[b];
    turn.fromArray(pose.rotations, 4 * b);
    if (p < 0) {
      for (let k = 3 * b; k < 3 * b + 3; k++) positions[k] = pose.positions[k];
      turn.toArray(rotations, 4 * b);
      continue;
    }
    turn.premultiply(parent.fromArray(pose.rotations, 4 * p).conjugate());
    turn.slerp(rest, 1 - share);
    parent.fromArray(rotations, 4 * p);
    turn.premultiply(parent).toArray(rotations, 4 * b);
    offset.fromArray(joints, 3 * b);
    for (let k = 0; k < 3; k++) offset.setComponent(k, offset.getComponent(k) - joints[3 * p + k]);
    offset.applyQuaternion(parent);
    for (let k = 0; k < 3; k++) positions[3 * b + k] = positions[3 * p + k] + offset.getComponent(k);
  }
  return target;
}

import { Quaternion, Vector3 } from 'three';
import { boneParents, type LandmarkSite } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

const rotation = new Quaternion();
const parentRotation = new Quaternion();
const identity = new Quaternion();
const joint = new Vector3();

/**
 * Computes the position of a landmark site (the point of the body that a pose landmark marks) on a posed body. Writes
 * the position, metres, in the space of `pose`, to `target` and returns `target`.
 *
 * @param site its offset from the rest joint of its bone (model space, metres), the bone whose rotation rotates the
 * offset, and the share, 0..1, of that bone's rotation against its parent that it follows (1 for the root bone).
 * @param pose the body's joints (3 × BONE_COUNT, metres) and the bones' rotations from the rest pose (4 × BONE_COUNT,
 * quaternions x, y, z, w), in any space.
 */
export function placeSite(
  { bone, offset, turnsWith, follows }: LandmarkSite,
  { positions, rotations }: MannequinPose,
  target: Vector3,
): Vector3 {
  target
    .fromArray(offset)
    .applyQuaternion(rotation.fromArray(rotations, 4 * turnsWith))
    .add(joint.fromArray(positions, 3 * bone));
  if (follows === 1) return target;
  // Undo, about the joint of the bone `turnsWith`, the share of its rotation against its parent that
  // the landmark does not follow.
  rotation
    .invert()
    .premultiply(parentRotation.fromArray(rotations, 4 * boneParents[turnsWith]))
    .slerp(identity, follows);
  return target
    .sub(joint.fromArray(positions, 3 * turnsWith))
    .applyQuaternion(rotation)
    .add(joint);
}

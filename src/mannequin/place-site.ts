import { Quaternion, Vector3 } from 'three';
import { boneParents, type LandmarkSite } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

const rotation = new Quaternion();
const parentRotation = new Quaternion();
const identity = new Quaternion();
const joint = new Vector3();

/**
 * Computes the position of a landmark site on a posed body. `pose` holds the body's joints (metres) and the bones'
 * rotations from the rest pose, in any space. Writes the position, in that space and in metres, to `target` and
 * returns `target`.
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
  // Undo, about the joint of the bone `turnsWith`, the share of its rotation that the landmark does not follow.
  rotation
    .invert()
    .premultiply(parentRotation.fromArray(rotations, 4 * boneParents[turnsWith]))
    .slerp(identity, follows);
  return target
    .sub(joint.fromArray(positions, 3 * turnsWith))
    .applyQuaternion(rotation)
    .add(joint);
}

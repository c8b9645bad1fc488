import { Quaternion, Vector3 } from 'three';
import { boneParents, type LandmarkSite } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

const turn = new Quaternion();
const parent = new Quaternion();
const identity = new Quaternion();
const joint = new Vector3();

/** Where a landmark site lies on a posed body, in the pose's space. */
export function placeSite(
  { bone, offset, turnsWith, follows }: LandmarkSite,
  { positions, rotations }: MannequinPose,
  target: Vector3,
): Vector3 {
  target
    .fromArray(offset)
    .applyQuaternion(turn.fromArray(rotations, 4 * turnsWith))
    .add(joint.fromArray(positions, 3 * bone));
  if (follows === 1) return target;
  // Turned back about that bone's joint, by the share that the landmark does not follow.
  turn
    .invert()
    .premultiply(parent.fromArray(rotations, 4 * boneParents[turnsWith]))
    .slerp(identity, follows);
  return target
    .sub(joint.fromArray(positions, 3 * turnsWith))
    .applyQuaternion(turn)
    .add(joint);
}

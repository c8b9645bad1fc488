import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';

/** The mannequin with raised or lowered arms. */
export interface PosedBody {
  /** 3 × vertices of the skin, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** 3 × BONE_COUNT, metres. */
  joints: Float32Array;
  /** Whether it is the rest pose, and by how much the arms are raised above it, degrees. */
  isRest: boolean;
  armsRaised: number;
}

/**
 * Returns the mannequin with its arms raised.
 *
 * @param raised By how many degrees about the shoulders; below 0 they are lowered.
 */
export function poseArms(mannequin: Mannequin, raised: number): PosedBody {
  if (raised === 0) return { ...mannequin, isRest: true, armsRaised: 0 };
  const local = raiseArms(raised);
  const root = { translation: [0, 0, 0], rotation: [0, 0, 0, 1] } as Parameters<typeof poseMannequin>[2];
  const pose = poseMannequin(mannequin.joints, local, root, createMannequinPose());
  const positions = skinVertices(mannequin, mannequin.joints, pose, new Float32Array(mannequin.positions.length));
  const normals = smoothNormals(positions, mannequin.indices, new Float32Array(positions.length));
  return { positions, normals, joints: pose.positions, isRest: false, armsRaised: raised };
}

/** Returns the rotations of all bones, 4 × BONE_COUNT (quaternions), that raise the arms by some degrees. */
export function raiseArms(raised: number): Float32Array {
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  for (const [bone, sign] of [
    ['leftUpperArm', 1],
    ['rightUpperArm', -1],
  ] as [BoneName, number][])
    new Quaternion()
      .setFromAxisAngle(new Vector3(0, 0, 1), (sign * raised * Math.PI) / 180)
      .toArray(local, 4 * boneIndex[bone]);
  return local;
}

import { BONE_COUNT, boneParents } from './mannequin.ts';

/** Where the whole body stands: carries model space into the space wanted. */
export interface RootTransform {
  /** Metres. */
  translation: Float32Array | [number, number, number];
  /** Quaternion x, y, z, w. */
  rotation: Float32Array | [number, number, number, number];
}

/** A posed skeleton: 3 × and 4 × BONE_COUNT, rotations as quaternions x, y, z, w, the identity being the rest pose. */
export interface MannequinPose {
  positions: Float32Array;
  rotations: Float32Array;
}

/** An empty target for `poseMannequin`. */
export function createMannequinPose(): MannequinPose {
  return {
    positions: new Float32Array(3 * BONE_COUNT),
    rotations: new Float32Array(4 * BONE_COUNT),
  };
}

/**
 * Forward kinematics: from rest joints (3 × BONE_COUNT, of the shape worn) and each bone's rotation relative to its parent
 * (4 × BONE_COUNT quaternions; the identity is the rest pose) to joints and rotations in the root's space. Allocates nothing.
 */
export function poseMannequin(
  joints: ArrayLike<number>,
  localRotations: ArrayLike<number>,
  root: RootTransform,
  target: MannequinPose,
): MannequinPose {
  const { positions, rotations } = target;
  for (let b = 0; b < BONE_COUNT; b++) {
    const parent = boneParents[b]!;
    if (parent < 0) {
      rotate(root.rotation, 0, joints[3 * b]!, joints[3 * b + 1]!, joints[3 * b + 2]!, positions, 3 * b);
      for (let k = 0; k < 3; k++) positions[3 * b + k]! += root.translation[k]!;
      multiply(root.rotation, 0, localRotations, 4 * b, rotations, 4 * b);
    } else {
      const x = joints[3 * b]! - joints[3 * parent]!;
      const y = joints[3 * b + 1]! - joints[3 * parent + 1]!;
      const z = joints[3 * b + 2]! - joints[3 * parent + 2]!;
      rotate(rotations, 4 * parent, x, y, z, positions, 3 * b);
      for (let k = 0; k < 3; k++) positions[3 * b + k]! += positions[3 * parent + k]!;
      multiply(rotations, 4 * parent, localRotations, 4 * b, rotations, 4 * b);
    }
  }
  return target;
}

/** Rotates (x, y, z) by the quaternion q[at…] into target[to…]. */
function rotate(
  q: ArrayLike<number>,
  at: number,
  x: number,
  y: number,
  z: number,
  target: Float32Array,
  to: number,
): void {
  const qx = q[at]!;
  const qy = q[at + 1]!;
  const qz = q[at + 2]!;
  const qw = q[at + 3]!;
  const tx = 2 * (qy * z - qz * y);
  const ty = 2 * (qz * x - qx * z);
  const tz = 2 * (qx * y - qy * x);
  target[to] = x + qw * tx + qy * tz - qz * ty;
  target[to + 1] = y + qw * ty + qz * tx - qx * tz;
  target[to + 2] = z + qw * tz + qx * ty - qy * tx;
}

/** target[to…] = a[i…] · b[j…]; the target may be one of them. */
function multiply(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
  target: Float32Array,
  to: number,
): void {
  const ax = a[i]!;
  const ay = a[i + 1]!;
  const az = a[i + 2]!;
  const aw = a[i + 3]!;
  const bx = b[j]!;
  const by = b[j + 1]!;
  const bz = b[j + 2]!;
  const bw = b[j + 3]!;
  target[to] = aw * bx + ax * bw + ay * bz - az * by;
  target[to + 1] = aw * by - ax * bz + ay * bw + az * bx;
  target[to + 2] = aw * bz + ax * by - ay * bx + az * bw;
  target[to + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

import { BONE_COUNT, boneParents } from './mannequin.ts';

/**
 * Placement of the whole body: it maps model space (metres, +x to the body's left, +y up, +z forward) to the space of
 * the pose. A point is rotated about the origin first, then translated.
 */
export interface RootTransform {
  /** x, y, z in the space of the pose, metres. */
  translation: Float32Array | [number, number, number];
  /** Unit quaternion x, y, z, w. */
  rotation: Float32Array | [number, number, number, number];
}

/** A posed skeleton, in the space to which its `RootTransform` maps, for example camera space. */
export interface MannequinPose {
  /** Positions of the joints, 3 × BONE_COUNT, metres. */
  positions: Float32Array;
  /** Rotation of each bone from the rest pose, 4 × BONE_COUNT: quaternions x, y, z, w. */
  rotations: Float32Array;
}

/** Creates a target for `poseMannequin`, filled with 0. */
export function createMannequinPose(): MannequinPose {
  return {
    positions: new Float32Array(3 * BONE_COUNT),
    rotations: new Float32Array(4 * BONE_COUNT),
  };
}

/**
 * Forward kinematics: computes the position of each joint and the rotation of each bone of a posed body, in the space
 * to which `root` maps. Writes `target`, returns it, and allocates nothing.
 *
 * @param joints rest joints of the shaped body, 3 × BONE_COUNT, model space, metres.
 * @param localRotations each bone's rotation relative to its parent, 4 × BONE_COUNT: quaternions x, y, z, w. The
 * identity is the rest pose.
 * @param root placement of the whole body.
 */
export function poseMannequin(
  joints: ArrayLike<number>,
  localRotations: ArrayLike<number>,
  root: RootTransform,
  target: MannequinPose,
): MannequinPose {
  const { positions, rotations } = target;
  for (let b = 0; b < BONE_COUNT; b++) {
    const parent = boneParents[b];
    if (parent < 0) {
      rotate(root.rotation, 0, joints[3 * b], joints[3 * b + 1], joints[3 * b + 2], positions, 3 * b);
      for (let k = 0; k < 3; k++) positions[3 * b + k] += root.translation[k];
      multiply(root.rotation, 0, localRotations, 4 * b, rotations, 4 * b);
    } else {
      const x = joints[3 * b] - joints[3 * parent];
      const y = joints[3 * b + 1] - joints[3 * parent + 1];
      const z = joints[3 * b + 2] - joints[3 * parent + 2];
      rotate(rotations, 4 * parent, x, y, z, positions, 3 * b);
      for (let k = 0; k < 3; k++) positions[3 * b + k] += positions[3 * parent + k];
      multiply(rotations, 4 * parent, localRotations, 4 * b, rotations, 4 * b);
    }
  }
  return target;
}

/** Writes (x, y, z), rotated by the quaternion that starts at index `qOffset` of `q`, to `target` at `targetOffset`. */
function rotate(
  q: ArrayLike<number>,
  qOffset: number,
  x: number,
  y: number,
  z: number,
  target: Float32Array,
  targetOffset: number,
): void {
  const qx = q[qOffset];
  const qy = q[qOffset + 1];
  const qz = q[qOffset + 2];
  const qw = q[qOffset + 3];
  const tx = 2 * (qy * z - qz * y);
  const ty = 2 * (qz * x - qx * z);
  const tz = 2 * (qx * y - qy * x);
  target[targetOffset] = x + qw * tx + qy * tz - qz * ty;
  target[targetOffset + 1] = y + qw * ty + qz * tx - qx * tz;
  target[targetOffset + 2] = z + qw * tz + qx * ty - qy * tx;
}

/**
 * Writes the product a · b of two quaternions (b is applied first), each of which starts at its offset, to `target` at
 * `targetOffset`. `target` may be the array of a or b.
 */
function multiply(
  a: ArrayLike<number>,
  aOffset: number,
  b: ArrayLike<number>,
  bOffset: number,
  target: Float32Array,
  targetOffset: number,
): void {
  const ax = a[aOffset];
  const ay = a[aOffset + 1];
  const az = a[aOffset + 2];
  const aw = a[aOffset + 3];
  const bx = b[bOffset];
  const by = b[bOffset + 1];
  const bz = b[bOffset + 2];
  const bw = b[bOffset + 3];
  target[targetOffset] = aw * bx + ax * bw + ay * bz - az * by;
  target[targetOffset + 1] = aw * by - ax * bz + ay * bw + az * bx;
  target[targetOffset + 2] = aw * bz + ax * by - ay * bx + az * bw;
  target[targetOffset + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { RootTransform } from '../mannequin/pose-mannequin.ts';

/** One moment of a motion. */
export interface MotionPose {
  /**
   * Each bone's rotation relative to its parent, 4 × BONE_COUNT: quaternions x, y, z, w. The identity is the rest pose.
   */
  localRotations: Float32Array;
  /** Placement of the whole body: 3 metres, and a quaternion x, y, z, w. */
  root: { translation: Float32Array; rotation: Float32Array };
}

/** A motion: writes the pose at `timeMs` into `target`. The same time gives the same pose. */
export type Motion = (timeMs: number, target: MotionPose) => void;

/** Creates a target for a motion, in the rest pose. */
export function createMotionPose(): MotionPose & { root: RootTransform } {
  const pose = {
    localRotations: new Float32Array(4 * BONE_COUNT),
    root: { translation: new Float32Array(3), rotation: new Float32Array(4) },
  };
  restPose(pose);
  return pose;
}

/** Resets `target` to the rest pose, unmoved and facing +z. */
export function restPose(target: MotionPose): void {
  target.localRotations.fill(0);
  for (let b = 0; b < BONE_COUNT; b++) target.localRotations[4 * b + 3] = 1;
  target.root.translation.fill(0);
  target.root.rotation.fill(0);
  target.root.rotation[3] = 1;
}

const rotation = new Quaternion();
const boneRotation = new Quaternion();
const axis = new Vector3();
const from = new Vector3();
const to = new Vector3();
export const DEGREE = Math.PI / 180;

/** Sets the whole body's rotation about the vertical: by 90 degrees it faces +x instead of the camera (+z). */
export function turnBody(target: MotionPose, degrees: number): void {
  rotation.setFromAxisAngle(axis.set(0, 1, 0), degrees * DEGREE).toArray(target.root.rotation);
}

/** Rotates a bone by `degrees` about the axis (x, y, z) of its parent, on top of its present rotation. */
export function turnBone(target: MotionPose, bone: BoneName, x: number, y: number, z: number, degrees: number): void {
  const offset = 4 * boneIndex[bone];
  boneRotation
    .fromArray(target.localRotations, offset)
    .premultiply(rotation.setFromAxisAngle(axis.set(x, y, z).normalize(), degrees * DEGREE))
    .toArray(target.localRotations, offset);
}

/**
 * Points the upper arm along (ux, uy, uz) and the forearm along (lx, ly, lz), by the shortest rotation from the rest
 * pose, in which both point 45° down and outwards. The directions are those of the left arm in model axes, of any
 * length; the right arm mirrors them.
 */
export function aimArm(
  target: MotionPose,
  side: 'left' | 'right',
  ux: number,
  uy: number,
  uz: number,
  lx: number,
  ly: number,
  lz: number,
): void {
  const mirror = side === 'left' ? 1 : -1;
  from.set(mirror, -1, 0).normalize();
  boneRotation.setFromUnitVectors(from, to.set(ux * mirror, uy, uz).normalize());
  boneRotation.toArray(target.localRotations, 4 * boneIndex[`${side}UpperArm`]);
  // The upper arm carries the forearm along; the forearm's own rotation, relative to it, is what remains.
  from.applyQuaternion(boneRotation);
  rotation.setFromUnitVectors(from, to.set(lx * mirror, ly, lz).normalize());
  rotation
    .multiply(boneRotation)
    .premultiply(boneRotation.invert())
    .toArray(target.localRotations, 4 * boneIndex[`${side}LowerArm`]);
}

/** A sine wave between −1 and 1; `phase` in radians. */
export function wave(timeMs: number, periodMs: number, phase = 0): number {
  return Math.sin((2 * Math.PI * timeMs) / periodMs + phase);
}

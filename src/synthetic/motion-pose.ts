import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { RootTransform } from '../mannequin/pose-mannequin.ts';

/**
 * The pose of a body at one time of a motion. Axes are those of model space: +x to the left of a body that faces the
 * camera (to the right of the picture), +y up, +z towards the camera.
 */
export interface MotionPose {
  /**
   * Each bone's rotation relative to its parent, 4 × BONE_COUNT: quaternions x, y, z, w. The identity is the rest pose.
   */
  localRotations: Float32Array;
  /**
   * Placement of the whole body: a translation x, y, z from its place on the floor, metres, and a rotation about that
   * place, a quaternion x, y, z, w.
   */
  root: { translation: Float32Array; rotation: Float32Array };
}

/** A motion: writes the pose at `timeMs` (0 or later) into `target`. The same time always gives the same pose. */
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

/** Resets `target` to the rest pose: arms 45° down (an A), no translation, facing +z. */
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
/** One degree in radians. */
export const DEGREE = Math.PI / 180;

/** Sets the whole body's rotation about the vertical: at 0 degrees it faces the camera (+z), at 90 degrees +x. */
export function turnBody(target: MotionPose, degrees: number): void {
  rotation.setFromAxisAngle(axis.set(0, 1, 0), degrees * DEGREE).toArray(target.root.rotation);
}

/**
 * Rotates a bone by `degrees` about the axis (x, y, z), of any length, in the space of its parent bone, after its
 * present rotation. At rest all bones have the axes of model space.
 */
export function turnBone(target: MotionPose, bone: BoneName, x: number, y: number, z: number, degrees: number): void {
  const offset = 4 * boneIndex[bone];
  boneRotation
    .fromArray(target.localRotations, offset)
    .premultiply(rotation.setFromAxisAngle(axis.set(x, y, z).normalize(), degrees * DEGREE))
    .toArray(target.localRotations, offset);
}

/**
 * Points the upper arm along (ux, uy, uz) and the forearm along (lx, ly, lz), each by the shortest rotation from the
 * rest pose, in which both point 45° down and outwards. It replaces the rotations of both bones. The directions, of any
 * length, are those of the left arm, in the space of the shoulder bone (at rest: +x to the body's left, +y up, +z
 * forward); for the right arm their x is negated.
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
  // The forearm rotates with the upper arm: its own rotation is the rest, relative to the upper arm.
  from.applyQuaternion(boneRotation);
  rotation.setFromUnitVectors(from, to.set(lx * mirror, ly, lz).normalize());
  rotation
    .multiply(boneRotation)
    .premultiply(boneRotation.invert())
    .toArray(target.localRotations, 4 * boneIndex[`${side}LowerArm`]);
}

/** Returns the value of a sine wave at `timeMs`, −1..1. `phase` is in radians. */
export function wave(timeMs: number, periodMs: number, phase = 0): number {
  return Math.sin((2 * Math.PI * timeMs) / periodMs + phase);
}

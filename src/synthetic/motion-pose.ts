import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { RootTransform } from '../mannequin/pose-mannequin.ts';

/** A body in motion: each bone's rotation relative to its parent (4 × BONE_COUNT) and where the whole stands. */
export interface MotionPose {
  localRotations: Float32Array;
  root: { translation: Float32Array; rotation: Float32Array };
}

/** A deterministic motion: writes the pose at `timeMs` into `target`. */
export type Motion = (timeMs: number, target: MotionPose) => void;

/** An empty target for a motion: at rest. */
export function createMotionPose(): MotionPose & { root: RootTransform } {
  const pose = {
    localRotations: new Float32Array(4 * BONE_COUNT),
    root: { translation: new Float32Array(3), rotation: new Float32Array(4) },
  };
  restPose(pose);
  return pose;
}

/** Puts everything back to where the body was modelled. */
export function restPose(target: MotionPose): void {
  target.localRotations.fill(0);
  for (let b = 0; b < BONE_COUNT; b++) target.localRotations[4 * b + 3] = 1;
  target.root.translation.fill(0);
  target.root.rotation.fill(0);
  target.root.rotation[3] = 1;
}

const q = new Quaternion();
const upperQ = new Quaternion();
const axis = new Vector3();
const from = new Vector3();
const to = new Vector3();
export const DEGREE = Math.PI / 180;

/** Turns the whole body about the vertical; 90 degrees turn it from facing the camera (+z) to facing +x. */
export function turnBody(target: MotionPose, degrees: number): void {
  q.setFromAxisAngle(axis.set(0, 1, 0), degrees * DEGREE).toArray(target.root.rotation);
}

/** Turns a bone about one axis of the model, degrees, on top of what it has. */
export function turnBone(target: MotionPose, bone: BoneName, x: number, y: number, z: number, degrees: number): void {
  const at = 4 * boneIndex[bone];
  upperQ.fromArray(target.localRotations, at);
  upperQ
    .premultiply(q.setFromAxisAngle(axis.set(x, y, z).normalize(), degrees * DEGREE))
    .toArray(target.localRotations, at);
}

/**
 * Points upper arm and forearm along directions (right-handed model axes, for the left arm; mirrored for the right), by the
 * shortest turn from the rest pose, in which both point 45° down and outwards.
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
  upperQ.setFromUnitVectors(from, to.set(ux * mirror, uy, uz).normalize());
  upperQ.toArray(target.localRotations, 4 * boneIndex[`${side}UpperArm`]);
  // The forearm's share: what remains after the upper arm has carried it along.
  from.applyQuaternion(upperQ);
  q.setFromUnitVectors(from, to.set(lx * mirror, ly, lz).normalize());
  q.multiply(upperQ)
    .premultiply(upperQ.invert())
    .toArray(target.localRotations, 4 * boneIndex[`${side}LowerArm`]);
}

/** −1..1, with the given period. */
export function wave(timeMs: number, periodMs: number, phase = 0): number {
  return Math.sin((2 * Math.PI * timeMs) / periodMs + phase);
}

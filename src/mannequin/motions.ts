import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, boneIndex, type BoneName } from './mannequin.ts';
import type { RootTransform } from './pose-mannequin.ts';

/** A body in motion: each bone's rotation relative to its parent (4 × BONE_COUNT) and where the whole stands. */
export interface MotionPose {
  localRotations: Float32Array;
  root: { translation: Float32Array; rotation: Float32Array };
}

/** A deterministic motion: writes the pose at `timeMs` into `target`. */
export type Motion = (timeMs: number, target: MotionPose) => void;

export const createMotionPose = (): MotionPose & { root: RootTransform } => {
  const pose = { localRotations: new Float32Array(4 * BONE_COUNT), root: { translation: new Float32Array(3), rotation: new Float32Array(4) } };
  rest(pose);
  return pose;
};

const rest = (target: MotionPose): void => {
  target.localRotations.fill(0);
  for (let b = 0; b < BONE_COUNT; b++) target.localRotations[4 * b + 3] = 1;
  target.root.translation.fill(0);
  target.root.rotation.fill(0);
  target.root.rotation[3] = 1;
};

const q = new Quaternion();
const upperQ = new Quaternion();
const axis = new Vector3();
const from = new Vector3();
const to = new Vector3();
const DEGREE = Math.PI / 180;

/** Turns a bone about one axis of the model, degrees, on top of what it has. */
const turn = (target: MotionPose, bone: BoneName, x: number, y: number, z: number, degrees: number): void => {
  const at = 4 * boneIndex[bone];
  upperQ.fromArray(target.localRotations, at);
  upperQ.premultiply(q.setFromAxisAngle(axis.set(x, y, z).normalize(), degrees * DEGREE)).toArray(target.localRotations, at);
};

/**
 * Points upper arm and forearm along directions (right-handed model axes, for the left arm; mirrored for the right), by the
 * shortest turn from the rest pose, in which both point 45° down and outwards.
 */
const aimArm = (
  target: MotionPose, side: 'left' | 'right', ux: number, uy: number, uz: number, lx: number, ly: number, lz: number,
): void => {
  const mirror = side === 'left' ? 1 : -1;
  from.set(mirror, -1, 0).normalize();
  upperQ.setFromUnitVectors(from, to.set(ux * mirror, uy, uz).normalize());
  upperQ.toArray(target.localRotations, 4 * boneIndex[`${side}UpperArm`]);
  // The forearm's share: what remains after the upper arm has carried it along.
  from.applyQuaternion(upperQ);
  q.setFromUnitVectors(from, to.set(lx * mirror, ly, lz).normalize());
  q.multiply(upperQ).premultiply(upperQ.invert()).toArray(target.localRotations, 4 * boneIndex[`${side}LowerArm`]);
};

/** −1..1, with the given period. */
const wave = (timeMs: number, periodMs: number, phase = 0): number => Math.sin((2 * Math.PI * timeMs) / periodMs + phase);

/** Chest and shoulders of someone at ease. */
const breathe = (timeMs: number, target: MotionPose): void => {
  turn(target, 'upperChest', 1, 0, 0, -0.6 * wave(timeMs, 4000));
};

const stand: Motion = (timeMs, target) => {
  rest(target);
  breathe(timeMs, target);
  const drift = 0.02 * wave(timeMs, 4000);
  for (const side of ['left', 'right'] as const) aimArm(target, side, 0.3 + drift, -1, 0.0, 0.22 + drift, -1, 0.16);
};

const sway: Motion = (timeMs, target) => {
  stand(timeMs, target);
  const side = wave(timeMs, 5000);
  target.root.translation[0] = 0.03 * side;
  turn(target, 'hips', 0, 1, 0, 10 * wave(timeMs, 7000));
  turn(target, 'hips', 0, 0, 1, -1.5 * side);
  turn(target, 'spine', 0, 0, 1, 2 * side);
  turn(target, 'chest', 0, 1, 0, 7 * wave(timeMs, 7000, -0.4));
  turn(target, 'head', 0, 1, 0, -8 * wave(timeMs, 7000));
  const lift = 0.5 + 0.5 * wave(timeMs, 6000);
  aimArm(target, 'left', 0.3 + 0.35 * lift, -1, 0.05, 0.25 + 0.2 * lift, -1, 0.2 + 0.6 * lift);
  aimArm(target, 'right', 0.65 - 0.35 * lift, -1, 0.05, 0.45 - 0.2 * lift, -1, 0.8 - 0.6 * lift);
  // Legs keep the feet where they are, to first order.
  for (const leg of ['left', 'right'] as const) turn(target, `${leg}UpperLeg`, 0, 0, 1, 1.5 * side - 2 * side);
};

const turnAround: Motion = (timeMs, target) => {
  stand(timeMs, target);
  q.setFromAxisAngle(axis.set(0, 1, 0), (2 * Math.PI * timeMs) / 8000).toArray(target.root.rotation);
};

const arms: Motion = (timeMs, target) => {
  rest(target);
  breathe(timeMs, target);
  // Up by the sides to overhead and down again in 5 s.
  const lift = 0.5 - 0.5 * Math.cos((2 * Math.PI * timeMs) / 5000);
  const angle = (-75 + 140 * lift) * DEGREE;
  const forward = 0.25 * Math.sin(Math.PI * lift);
  const bend = 10 * DEGREE;
  for (const side of ['left', 'right'] as const) {
    aimArm(target, side, Math.cos(angle), Math.sin(angle), forward, Math.cos(angle + bend), Math.sin(angle + bend), forward + 0.1);
    // The shoulder blade turns one degree for each two of the arm (scapulohumeral rhythm), beyond the first thirty.
    const raise = Math.max(0, (angle / DEGREE + 60) / 3);
    turn(target, `${side}Shoulder`, 0, 0, side === 'left' ? 1 : -1, raise * 0.5);
    turn(target, `${side}UpperArm`, 0, 0, side === 'left' ? 1 : -1, -raise * 0.5);
  }
};

const armsCrossed: Motion = (timeMs, target) => {
  rest(target);
  breathe(timeMs, target);
  turn(target, 'hips', 0, 1, 0, 6 * wave(timeMs, 6000));
  // Held for two seconds, crossing and opening in one each.
  const t = (timeMs % 6000) / 1000;
  const hold = smooth(Math.min(t < 3 ? t - 0.5 : 5 - t, 1));
  const mix = (a: number, b: number): number => a + (b - a) * hold;
  aimArm(target, 'left', mix(0.3, 0.28), mix(-1, -0.86), mix(0, 0.42), mix(0.22, -0.92), mix(-1, 0.18), mix(0.16, 0.36));
  aimArm(target, 'right', mix(0.3, 0.28), mix(-1, -0.9), mix(0, 0.36), mix(0.22, -0.9), mix(-1, 0.02), mix(0.16, 0.5));
};

const smooth = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** The motions a mannequin source can play, by name. */
export const motions = { stand, sway, turn: turnAround, arms, 'arms-crossed': armsCrossed } as const satisfies Record<string, Motion>;
export type MotionName = keyof typeof motions;

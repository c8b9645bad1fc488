/**
 * The built-in motions of the synthetic person, by name in `motions`. Each is a function that takes a time in
 * milliseconds (0 or later) and writes the pose at that time into its target.
 *
 * 1. Standing (`stand`) and motions on the spot that start from it: `sway`, `turn`, `walk`, `squat`.
 * 2. Motions of the arms from the rest pose: `arms`, `arms-crossed`.
 * 3. Walks across the picture: `step-in`, `pass`.
 *
 * Angles are in degrees, lengths in metres on the mean body. Axes: +x to the left of a body that faces the camera (to
 * the right of the picture), +y up, +z towards the camera.
 */
import { MathUtils } from 'three';
import { aimArm, DEGREE, type Motion, type MotionPose, restPose, turnBody, turnBone, wave } from './motion-pose.ts';
import { type WalkStage, walk, walkInPlace } from './walk.ts';

/** Distance along x from the middle at which the default camera (portrait or landscape) shows no part of the body. */
const AWAY_METRES = 2.2;
/** Walks of `step-in`; times in ms, x in metres. */
const STEP_IN_PATH: readonly WalkStage[] = [
  { fromMs: 800, toMs: 2800, fromX: -AWAY_METRES, toX: 0 },
  { fromMs: 4600, toMs: 6600, fromX: 0, toX: AWAY_METRES },
  { fromMs: 8000, toMs: 10000, fromX: AWAY_METRES, toX: 0 },
  { fromMs: 11500, toMs: 13500, fromX: 0, toX: -AWAY_METRES },
];
/** Walks of `pass`. */
const PASS_PATH: readonly WalkStage[] = [
  { fromMs: 500, toMs: 4500, fromX: -AWAY_METRES, toX: AWAY_METRES },
  { fromMs: 6000, toMs: 10000, fromX: AWAY_METRES, toX: -AWAY_METRES },
];

/** Rotates the upper chest, and the shoulders with it, by up to 0.6° as in quiet breathing, once in 4 s. */
function breathe(timeMs: number, target: MotionPose): void {
  turnBone(target, 'upperChest', 1, 0, 0, -0.6 * wave(timeMs, 4000));
}

/** Stands at ease: the body breathes, and the hanging arms drift a little. */
const stand: Motion = (timeMs, target) => {
  restPose(target);
  breathe(timeMs, target);
  const drift = 0.02 * wave(timeMs, 4000);
  for (const side of ['left', 'right'] as const) aimArm(target, side, 0.3 + drift, -1, 0.0, 0.22 + drift, -1, 0.16);
};

/** Moves the hips from side to side, rotates the trunk a little, and lifts one forearm while the other sinks. */
const sway: Motion = (timeMs, target) => {
  stand(timeMs, target);
  const side = wave(timeMs, 5000);
  target.root.translation[0] = 0.03 * side;
  turnBone(target, 'hips', 0, 1, 0, 10 * wave(timeMs, 7000));
  turnBone(target, 'hips', 0, 0, 1, -1.5 * side);
  turnBone(target, 'spine', 0, 0, 1, 2 * side);
  turnBone(target, 'chest', 0, 1, 0, 7 * wave(timeMs, 7000, -0.4));
  turnBone(target, 'head', 0, 1, 0, -8 * wave(timeMs, 7000));
  const lift = 0.5 + 0.5 * wave(timeMs, 6000);
  aimArm(target, 'left', 0.3 + 0.35 * lift, -1, 0.05, 0.25 + 0.2 * lift, -1, 0.2 + 0.6 * lift);
  aimArm(target, 'right', 0.65 - 0.35 * lift, -1, 0.05, 0.45 - 0.2 * lift, -1, 0.8 - 0.6 * lift);
  // The thighs rotate against hips and spine, so that the feet stay in place, to first order.
  for (const leg of ['left', 'right'] as const) turnBone(target, `${leg}UpperLeg`, 0, 0, 1, 1.5 * side - 2 * side);
};

/** Stands at ease and rotates about the vertical, once in 8 s. */
const turnAround: Motion = (timeMs, target) => {
  stand(timeMs, target);
  turnBody(target, (360 * timeMs) / 8000);
};

/** Raises both arms sideways until they point steeply up, and lowers them, in 5 s. */
const arms: Motion = (timeMs, target) => {
  restPose(target);
  breathe(timeMs, target);
  const lift = 0.5 - 0.5 * Math.cos((2 * Math.PI * timeMs) / 5000);
  const angle = (-75 + 140 * lift) * DEGREE;
  const forward = 0.25 * Math.sin(Math.PI * lift);
  const bend = 10 * DEGREE;
  for (const side of ['left', 'right'] as const) {
    aimArm(
      target,
      side,
      Math.cos(angle),
      Math.sin(angle),
      forward,
      Math.cos(angle + bend),
      Math.sin(angle + bend),
      forward + 0.1,
    );
    // Beyond the arm's first 30°, the shoulder blade rotates 1° for each 2° of the arm (scapulohumeral rhythm).
    const raise = Math.max(0, (angle / DEGREE + 60) / 3);
    turnBone(target, `${side}Shoulder`, 0, 0, side === 'left' ? 1 : -1, raise * 0.5);
    turnBone(target, `${side}UpperArm`, 0, 0, side === 'left' ? 1 : -1, -raise * 0.5);
  }
};

/** Crosses the forearms in front of the chest and opens them again, in 6 s. */
const armsCrossed: Motion = (timeMs, target) => {
  restPose(target);
  breathe(timeMs, target);
  turnBone(target, 'hips', 0, 1, 0, 6 * wave(timeMs, 6000));
  // 0 while the arms hang, 1 while they are crossed. Crossing and opening take 1 s each.
  const t = (timeMs % 6000) / 1000;
  const hold = MathUtils.smoothstep(t < 3 ? t - 0.5 : 5 - t, 0, 1);
  const mix = (a: number, b: number): number => a + (b - a) * hold;
  aimArm(
    target,
    'left',
    mix(0.3, 0.28),
    mix(-1, -0.86),
    mix(0, 0.42),
    mix(0.22, -0.92),
    mix(-1, 0.18),
    mix(0.16, 0.36),
  );
  aimArm(target, 'right', mix(0.3, 0.28), mix(-1, -0.9), mix(0, 0.36), mix(0.22, -0.9), mix(-1, 0.02), mix(0.16, 0.5));
};

/** Walks from the left into the empty picture, stands, leaves to the right, and then back the same way, in 14.5 s. */
const stepIn: Motion = (timeMs, target) => {
  stand(timeMs, target);
  walk(timeMs % 14500, STEP_IN_PATH, target);
};

/** Walks through the picture from left to right, stays outside for 1.5 s, and walks back, in 11 s. */
const pass: Motion = (timeMs, target) => {
  stand(timeMs, target);
  walk(timeMs % 11000, PASS_PATH, target);
};

/** Walks on the spot. */
const walkOn: Motion = (timeMs, target) => {
  stand(timeMs, target);
  walkInPlace(timeMs, target);
};

/** Lengths of the mean body's leg, rounded: from hip joint to knee, and from knee to ankle. */
const THIGH_METRES = 0.4;
const SHANK_METRES = 0.4;

/** Squats halfway down with the arms forward and rises again, in 4 s. The feet stay in place. */
const squat: Motion = (timeMs, target) => {
  stand(timeMs, target);
  const down = 0.5 - 0.5 * Math.cos((2 * Math.PI * timeMs) / 4000);
  const hip = 62 * down;
  const shank = 28 * down;
  for (const side of ['left', 'right'] as const) {
    turnBone(target, `${side}UpperLeg`, 1, 0, 0, -hip);
    turnBone(target, `${side}LowerLeg`, 1, 0, 0, hip + shank);
    turnBone(target, `${side}Foot`, 1, 0, 0, -shank);
    aimArm(
      target,
      side,
      0.3 - 0.1 * down,
      -1 + 0.75 * down,
      down,
      0.22 - 0.12 * down,
      -1 + 0.85 * down,
      0.16 + 0.9 * down,
    );
  }
  target.root.translation[1] +=
    THIGH_METRES * Math.cos(hip * DEGREE) + SHANK_METRES * Math.cos(shank * DEGREE) - THIGH_METRES - SHANK_METRES;
  target.root.translation[2] += SHANK_METRES * Math.sin(shank * DEGREE) - THIGH_METRES * Math.sin(hip * DEGREE);
  turnBone(target, 'spine', 1, 0, 0, 20 * down);
  turnBone(target, 'chest', 1, 0, 0, 12 * down);
  turnBone(target, 'neck', 1, 0, 0, -20 * down);
};

/** The built-in motions by the name that the option `motion` takes. All repeat. */
export const motions = {
  stand,
  sway,
  turn: turnAround,
  arms,
  'arms-crossed': armsCrossed,
  'step-in': stepIn,
  pass,
  walk: walkOn,
  squat,
} as const satisfies Record<string, Motion>;
/** Name of a built-in motion. */
export type MotionName = keyof typeof motions;

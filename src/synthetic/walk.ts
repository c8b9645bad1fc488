import { MathUtils } from 'three';
import { aimArm, DEGREE, type MotionPose, turnBody, turnBone } from './motion-pose.ts';

/**
 * One walk in a straight line across the picture, from `fromX` at the time `fromMs` to `toX` at `toMs`. The body stands
 * at both times. The walk must take at least 2 × START_MS.
 */
export interface WalkStage {
  fromMs: number;
  toMs: number;
  /** Metres from the middle of the picture, + to its right. */
  fromX: number;
  toX: number;
}

/**
 * Time from standing to full speed, and time in which the body turns from the camera into the walking direction. To
 * slow down and to turn back it needs the same times. Milliseconds.
 */
const START_MS = 400;
const TURN_MS = 600;
/** Duration of one cycle of the gait (two steps), milliseconds; at a lower speed the steps are smaller. */
const CYCLE_MS = 1050;
/** Lengths of the mean body's leg, rounded: from them follows how far the hips sink while the legs are apart. */
const THIGH_METRES = 0.4;
const SHANK_METRES = 0.4;
/** Distance of the ball of the foot in front of the ankle, and of the heel behind it. */
const BALL_METRES = 0.09;
const HEEL_METRES = 0.05;

/**
 * Returns the value at `phase` of a smooth bump in a cycle of length 1: 1 at `centre`, falling to 0 at a distance of
 * `width` and more. All three are in cycles.
 */
function bump(phase: number, centre: number, width: number): number {
  const distance = Math.abs(phase - centre - Math.round(phase - centre));
  return distance < width ? 0.5 + 0.5 * Math.cos((Math.PI * distance) / width) : 0;
}

/**
 * Changes the pose in `target`, which must be a standing pose that faces the camera, to the pose at `timeMs` of a walk
 * along `path`: sets the x of the body's translation and the body's rotation, and adds the gait to the limbs and to the
 * height of the hips. Before, between and after the stages of the path the body stands and faces the camera. Joint
 * angles follow the gait curves of healthy adults (Winter, "Biomechanics and Motor Control of Human Movement"); a
 * cycle begins when the left heel strikes.
 *
 * @param path at least one stage, in the order of time; times on the clock of `timeMs`.
 */
export function walk(timeMs: number, path: readonly WalkStage[], target: MotionPose): void {
  let stage: WalkStage | null = null;
  target.root.translation[0] = path[0].fromX;
  for (const candidate of path) {
    if (timeMs >= candidate.toMs) target.root.translation[0] = candidate.toX;
    else if (timeMs > candidate.fromMs) stage = candidate;
  }
  if (!stage) return;
  const sinceMs = timeMs - stage.fromMs;
  const leftMs = stage.toMs - timeMs;
  const totalMs = stage.toMs - stage.fromMs;
  // Speed rises and falls linearly. Its integral is the distance, here in milliseconds at full speed.
  const travelledMs =
    sinceMs < START_MS
      ? sinceMs ** 2 / (2 * START_MS)
      : leftMs < START_MS
        ? totalMs - START_MS - leftMs ** 2 / (2 * START_MS)
        : sinceMs - START_MS / 2;
  const speed = Math.min(1, sinceMs / START_MS, leftMs / START_MS);
  target.root.translation[0] = stage.fromX + ((stage.toX - stage.fromX) * travelledMs) / (totalMs - START_MS);
  turnBody(
    target,
    90 * Math.sign(stage.toX - stage.fromX) * MathUtils.smoothstep(Math.min(sinceMs, leftMs), 0, TURN_MS),
  );
  stride(sinceMs / CYCLE_MS, speed, target);
}

/** Changes the standing pose in `target` to the pose at `timeMs` of full steps on the spot, facing the camera. */
export function walkInPlace(timeMs: number, target: MotionPose): void {
  stride(timeMs / CYCLE_MS, 1, target);
}

/**
 * Changes the standing pose in `target` to one pose of the gait. `phase` is in cycles (two steps) of the left leg, 0 at
 * its heel strike; `amplitude` is 0 for standing to 1 for full steps.
 */
function stride(phase: number, amplitude: number, target: MotionPose): void {
  /** Height of the hip joints above the ankle of the leg that reaches lower, metres. */
  let legHeight = 0;
  for (const side of ['left', 'right'] as const) {
    const p = side === 'left' ? phase : phase + 0.5;
    const swing = Math.cos(2 * Math.PI * p);
    const hip = amplitude * (8 + 21 * swing);
    const knee = amplitude * (4 + 11 * bump(p, 0.14, 0.16) + 54 * bump(p, 0.68, 0.25));
    const ankle = amplitude * (9 * bump(p, 0.42, 0.3) - 12 * bump(p, 0.63, 0.14));
    turnBone(target, `${side}UpperLeg`, 1, 0, 0, -hip);
    turnBone(target, `${side}LowerLeg`, 1, 0, 0, knee);
    turnBone(target, `${side}Foot`, 1, 0, 0, -ankle);
    // While the foot stands on its ball, the toes stay flat; while it stands on its heel, they point up.
    const toesDown = knee - hip - ankle;
    if (toesDown > 0) turnBone(target, `${side}Toes`, 1, 0, 0, -toesDown);
    const lever = toesDown > 0 ? BALL_METRES : -HEEL_METRES;
    legHeight = Math.max(
      legHeight,
      THIGH_METRES * Math.cos(hip * DEGREE) +
        SHANK_METRES * Math.cos((hip - knee) * DEGREE) +
        lever * Math.sin(toesDown * DEGREE),
    );
    // The arms swing against the legs.
    const forward = -0.38 * swing * amplitude;
    aimArm(target, side, 0.26, -1, forward, 0.16, -1, forward + 0.16 + amplitude * (0.25 - 0.12 * swing));
  }
  target.root.translation[1] += legHeight - THIGH_METRES - SHANK_METRES;
  const twist = amplitude * Math.cos(2 * Math.PI * phase);
  turnBone(target, 'hips', 0, 1, 0, -4 * twist);
  turnBone(target, 'chest', 0, 1, 0, 8 * twist);
  turnBone(target, 'head', 0, 1, 0, -4 * twist);
  turnBone(target, 'spine', 1, 0, 0, 2 * amplitude);
}

import { MathUtils } from 'three';
import { aimArm, DEGREE, type MotionPose, turnBody, turnBone } from './motion-pose.ts';

/** A walk in a straight line across the picture, from rest to rest. Metres along x, milliseconds. */
export interface WalkStage {
  fromMs: number;
  toMs: number;
  fromX: number;
  toX: number;
}

/** From standing to full speed, and for turning towards the way and back to the camera. */
const START_MS = 400;
const TURN_MS = 600;
/** One cycle (two steps) at full speed. */
const CYCLE_MS = 1050;
/** Of the mean body, metres: they say how deep the hips sink when the legs are apart. The ball of the foot, as it bends, and the heel lie so far before and behind the ankle. */
const THIGH = 0.4;
const SHANK = 0.4;
const BALL = 0.09;
const HEEL = 0.05;

/** 1 at `centre`, 0 from `width` away, around a cycle of 1. */
function bump(phase: number, centre: number, width: number): number {
  const away = Math.abs(phase - centre - Math.round(phase - centre));
  return away < width ? 0.5 + 0.5 * Math.cos((Math.PI * away) / width) : 0;
}

/**
 * Walks along `path` (stages in order of time; before, between and after them the body stands where it is, facing the camera).
 * Changes a standing pose in `target`. Joint angles follow the gait curves of healthy adults (Winter, "Biomechanics and Motor
 * Control of Human Movement"), heel strike at phase 0.
 */
export function walk(timeMs: number, path: readonly WalkStage[], target: MotionPose): void {
  let stage: WalkStage | null = null;
  target.root.translation[0] = path[0]!.fromX;
  for (const candidate of path) {
    if (timeMs >= candidate.toMs) target.root.translation[0] = candidate.toX;
    else if (timeMs > candidate.fromMs) stage = candidate;
  }
  if (!stage) return;
  const sinceMs = timeMs - stage.fromMs;
  const leftMs = stage.toMs - timeMs;
  const totalMs = stage.toMs - stage.fromMs;
  // Speed rises and falls in a straight line; its integral is the way.
  const gone =
    sinceMs < START_MS
      ? sinceMs ** 2 / (2 * START_MS)
      : leftMs < START_MS
        ? totalMs - START_MS - leftMs ** 2 / (2 * START_MS)
        : sinceMs - START_MS / 2;
  const speed = Math.min(1, sinceMs / START_MS, leftMs / START_MS);
  target.root.translation[0] = stage.fromX + ((stage.toX - stage.fromX) * gone) / (totalMs - START_MS);
  turnBody(
    target,
    90 * Math.sign(stage.toX - stage.fromX) * MathUtils.smoothstep(Math.min(sinceMs, leftMs), 0, TURN_MS),
  );
  stride(sinceMs / CYCLE_MS, speed, target);
}

/** Full steps on the spot, facing the camera. */
export function walkInPlace(timeMs: number, target: MotionPose): void {
  stride(timeMs / CYCLE_MS, 1, target);
}

/** One moment of the gait: `phase` in cycles of the left leg, `size` from standing (0) to full steps (1). */
function stride(phase: number, size: number, target: MotionPose): void {
  let reach = 0;
  for (const side of ['left', 'right'] as const) {
    const p = side === 'left' ? phase : phase + 0.5;
    const swing = Math.cos(2 * Math.PI * p);
    const hip = size * (8 + 21 * swing);
    const knee = size * (4 + 11 * bump(p, 0.14, 0.16) + 54 * bump(p, 0.68, 0.25));
    const ankle = size * (9 * bump(p, 0.42, 0.3) - 12 * bump(p, 0.63, 0.14));
    turnBone(target, `${side}UpperLeg`, 1, 0, 0, -hip);
    turnBone(target, `${side}LowerLeg`, 1, 0, 0, knee);
    turnBone(target, `${side}Foot`, 1, 0, 0, -ankle);
    // On the ball the toes stay flat; on the heel they point up.
    const toesDown = knee - hip - ankle;
    if (toesDown > 0) turnBone(target, `${side}Toes`, 1, 0, 0, -toesDown);
    const lever = toesDown > 0 ? BALL : -HEEL;
    reach = Math.max(
      reach,
      THIGH * Math.cos(hip * DEGREE) + SHANK * Math.cos((hip - knee) * DEGREE) + lever * Math.sin(toesDown * DEGREE),
    );
    // Arms go against the legs.
    const forward = -0.38 * swing * size;
    aimArm(target, side, 0.26, -1, forward, 0.16, -1, forward + 0.16 + size * (0.25 - 0.12 * swing));
  }
  target.root.translation[1]! += reach - THIGH - SHANK;
  const twist = size * Math.cos(2 * Math.PI * phase);
  turnBone(target, 'hips', 0, 1, 0, -4 * twist);
  turnBone(target, 'chest', 0, 1, 0, 8 * twist);
  turnBone(target, 'head', 0, 1, 0, -4 * twist);
  turnBone(target, 'spine', 1, 0, 0, 2 * size);
}

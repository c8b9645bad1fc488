// Figures of a solved body (computed from a tracker's landmarks) against the truth, over the frames of a clip (a filmed
// and tracked person): errors of joints, frames until the measures settle, jitter and delay; and the order in which
// lists of joints are.
import type { BoneName } from '../../src/mannequin/mannequin.ts';
import { mean, quantile } from './statistics.ts';

/** Camera space (+x right in the picture, +y up, −z away from the camera), metres. */
type Point = readonly [x: number, y: number, z: number];

/** The joints at which solved bodies are compared with the truth. Lists of joints are in this order. */
export const jointNames = (['Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const).flatMap(
  (joint) => [`left${joint}`, `right${joint}`] as const,
);
/** One of `jointNames`. */
export type JointName = (typeof jointNames)[number];

/** The mannequin's bone that begins at each joint. */
export const jointBones: Record<JointName, BoneName> = {
  leftShoulder: 'leftUpperArm',
  rightShoulder: 'rightUpperArm',
  leftElbow: 'leftLowerArm',
  rightElbow: 'rightLowerArm',
  leftWrist: 'leftHand',
  rightWrist: 'rightHand',
  leftHip: 'leftUpperLeg',
  rightHip: 'rightUpperLeg',
  leftKnee: 'leftLowerLeg',
  rightKnee: 'rightLowerLeg',
  leftAnkle: 'leftFoot',
  rightAnkle: 'rightFoot',
};

const LEFT_HIP = jointNames.indexOf('leftHip');
const RIGHT_HIP = jointNames.indexOf('rightHip');

/**
 * Returns the distances between solved and true joints, centimetres, after both bodies were moved so that the middles
 * of their hips meet. Joints are in the order of `jointNames`, in metres.
 */
export function rootAlignedErrors(solved: readonly Point[], truth: readonly Point[]): number[] {
  const fromHips = (points: readonly Point[], joint: number, axis: number): number =>
    points[joint][axis] - (points[LEFT_HIP][axis] + points[RIGHT_HIP][axis]) / 2;
  return jointNames.map(
    (_, joint) =>
      100 * Math.hypot(...[0, 1, 2].map((axis) => fromHips(solved, joint, axis) - fromHips(truth, joint, axis))),
  );
}

/**
 * `rootAlignedErrors` of all frames from `from` on in which a person was found, one frame after the other, centimetres.
 * `solved`, `truth`: joints by frame, null without a person.
 */
export function jointErrors(
  solved: readonly (readonly Point[] | null)[],
  truth: readonly (readonly Point[])[],
  from: number,
): number[] {
  return solved.flatMap((joints, i) => (joints && i >= from ? rootAlignedErrors(joints, truth[i]) : []));
}

/** Mean and 5th percentile of intersections over union, 0..1. */
export interface Fidelity {
  mean: number;
  p5: number;
}

/** Sums up intersections over union (0..1) of drawn and true garments. */
export function fidelity(ious: readonly number[]): Fidelity {
  return { mean: mean(ious), p5: quantile(ious, 0.05) };
}

/** A measure has settled when it differs by less than this from its last value, centimetres. */
const SETTLED_CM = 0.5;

/**
 * Returns the number of the first frame from which on all measures have settled; the number of frames if they never do.
 * `measures`: by frame, centimetres by name; null without a person.
 */
export function convergenceFrame(measures: readonly (Readonly<Record<string, number>> | null)[]): number {
  const last = measures.at(-1);
  if (!last) return measures.length;
  const isSettled = (now: Readonly<Record<string, number>> | null): boolean =>
    now !== null && Object.entries(last).every(([name, cm]) => Math.abs(now[name] - cm) < SETTLED_CM);
  return measures.findLastIndex((now) => !isSettled(now)) + 1;
}

/** Returns the standard deviation. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/**
 * Returns the spread of one point over the frames (x and y, pixels), the standard deviation around the mean, both axes
 * together, as per cent of `width` (pixels).
 */
export function jitterPercent(points: readonly (readonly [number, number])[], width: number): number {
  return (100 * Math.hypot(deviation(points.map(([x]) => x)), deviation(points.map(([, y]) => y)))) / width;
}

/** Returns Pearson's correlation of two series of equal length. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const x0 = mean(xs);
  const y0 = mean(ys);
  return mean(xs.map((x, i) => (x - x0) * (ys[i] - y0))) / (deviation(xs) * deviation(ys));
}

/** Largest delay that is tried, frames. */
const MAX_LAG_FRAMES = 6;

/**
 * Returns the delay of `solved` behind `truth` (series of one coordinate by frame), milliseconds: the shift at which
 * they correlate most. A parabola through the best shift and its neighbours finds the maximum between samples, which
 * are `stepMs` apart.
 */
export function lagOf(solved: readonly number[], truth: readonly number[], stepMs: number): number {
  const correlationAt = (lag: number): number =>
    lag >= 0
      ? correlation(solved.slice(lag), truth.slice(0, truth.length - lag))
      : correlation(solved.slice(0, lag), truth.slice(-lag));
  const lags = Array.from({ length: 2 * MAX_LAG_FRAMES + 1 }, (_, i) => i - MAX_LAG_FRAMES);
  const values = lags.map(correlationAt);
  const best = Math.min(Math.max(values.indexOf(Math.max(...values)), 1), values.length - 2);
  const [before, peak, after] = values.slice(best - 1, best + 2);
  return stepMs * (lags[best] + (before - after) / (2 * (before - 2 * peak + after)));
}

import type { BoneName } from '../../src/mannequin/mannequin.ts';
import { mean, quantile } from './statistics.ts';

type Point = readonly [x: number, y: number, z: number];

/** The joints that solved bodies and true ones have in common. */
export const jointNames = (['Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const).flatMap(
  (joint) => [`left${joint}`, `right${joint}`] as const,
);
export type JointName = (typeof jointNames)[number];

/** The bones that begin at those joints. */
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

/** Distances between solved and true joints (by `jointNames`, metres), each seen from the middle of its own hips; centimetres. */
export function rootAlignedErrors(solved: readonly Point[], truth: readonly Point[]): number[] {
  const from = (points: readonly Point[], i: number, k: number): number =>
    points[i][k] - (points[LEFT_HIP][k] + points[RIGHT_HIP][k]) / 2;
  return jointNames.map((_, i) => 100 * Math.hypot(...[0, 1, 2].map((k) => from(solved, i, k) - from(truth, i, k))));
}

/** Root aligned errors of all frames from `from` on in which somebody was found, joint by joint, centimetres. */
export function jointErrors(
  solved: readonly (readonly Point[] | null)[],
  truth: readonly (readonly Point[])[],
  from: number,
): number[] {
  return solved.flatMap((joints, i) => (joints && i >= from ? rootAlignedErrors(joints, truth[i]) : []));
}

/** Mean and 5th percentile. */
export interface Fidelity {
  mean: number;
  p5: number;
}

export function fidelity(ious: readonly number[]): Fidelity {
  return { mean: mean(ious), p5: quantile(ious, 0.05) };
}

/** A change of a measure that counts as none, centimetres. */
const SETTLED_CM = 0.5;

/** The first frame from which on no measure (centimetres) differs from its last value by so much; the number of frames when it never settles. */
export function convergenceFrame(measures: readonly (Readonly<Record<string, number>> | null)[]): number {
  const last = measures.at(-1);
  if (!last) return measures.length;
  const isSettled = (now: Readonly<Record<string, number>> | null): boolean =>
    now !== null && Object.entries(last).every(([name, cm]) => Math.abs(now[name] - cm) < SETTLED_CM);
  return measures.findLastIndex((now) => !isSettled(now)) + 1;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** How much points (pixels) tremble around their middle, in both directions together, as per cent of `width`. */
export function jitterPercent(points: readonly (readonly [number, number])[], width: number): number {
  return (100 * Math.hypot(deviation(points.map(([x]) => x)), deviation(points.map(([, y]) => y)))) / width;
}

/** How the later part of one course goes with the earlier part of another. */
function correlation(xs: readonly number[], ys: readonly number[]): number {
  const x0 = mean(xs);
  const y0 = mean(ys);
  return mean(xs.map((x, i) => (x - x0) * (ys[i] - y0))) / (deviation(xs) * deviation(ys));
}

/** Frames in which a delay is looked for. */
const MAX_LAG_FRAMES = 6;

/** Delay of `solved` behind `truth`, courses sampled every `stepMs`: where they correlate most, between the samples by a parabola; milliseconds. */
export function lagOf(solved: readonly number[], truth: readonly number[], stepMs: number): number {
  const at = (lag: number): number =>
    lag >= 0
      ? correlation(solved.slice(lag), truth.slice(0, truth.length - lag))
      : correlation(solved.slice(0, lag), truth.slice(-lag));
  const lags = Array.from({ length: 2 * MAX_LAG_FRAMES + 1 }, (_, i) => i - MAX_LAG_FRAMES);
  const values = lags.map(at);
  const best = Math.min(Math.max(values.indexOf(Math.max(...values)), 1), values.length - 2);
  const [before, peak, after] = values.slice(best - 1, best + 2);
  return stepMs * (lags[best] + (before - after) / (2 * (before - 2 * peak + after)));
}

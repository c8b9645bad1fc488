import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import type { FitRun } from './fit-run.ts';
import type { FittedSize } from './fit-sizes.ts';
import { hemGirth } from './hem-girth.ts';
import {
  convergenceFrame,
  type Fidelity,
  fidelity,
  jitterPercent,
  jointErrors,
  jointNames,
  lagOf,
} from './judge-fit.ts';
import { measureShape, type Tapes, tapes } from './measure-shape.ts';
import type { Clothes } from './page/fit-person.ts';
import { mean, quantile, type Spread, spread } from './statistics.ts';

/** One run of a mannequin through the room. */
export interface FitCase {
  motion: string;
  shape: string;
  clothes: Clothes;
  /** Whether the landmarks were exact. */
  isExact: boolean;
  fps: number;
  run: FitRun;
}

/** Null: was not asked for, or could not be measured here. */
export interface FitEvidence {
  cases: readonly FitCase[];
  thirdParty: FitRun | null;
  still: FitRun | null;
  lock: readonly number[] | null;
  sizes: readonly FittedSize[] | null;
}

export interface FitReport {
  /** Both ways to be dressed together. */
  iou: Fidelity | null;
  iouWithTruthLandmarks: Fidelity | null;
  iouNaive: { mean: number } | null;
  thirdParty: { iou: number; jointErrorCm: number } | null;
  jointErrorCm: Spread | null;
  stillJitterPct: number | null;
  lagMs: number | null;
  /** The slowest case's. */
  convergenceFrames: number | null;
  /** Of one joint on both sides. */
  jointErrorCmByJoint: Record<string, number> | null;
  /** Solved less true, root aligned: how far the middle of the shoulders lies too far right, up and towards the camera. */
  shoulderBiasCm: number[] | null;
  /** Of the undressed; mean of absolute errors. */
  shapeErrorCm: Tapes | null;
  bodyMsP95: number | null;
  lockError: number | null;
  sizeSpreadCm: number | null;
  iouByClothes: Partial<Record<Clothes, Fidelity>>;
  shapeErrorLooseCm: Tapes | null;
  /** The size table's own difference. */
  sizeSpreadTableCm: number | null;
}

export function iousOf({ frames, from }: FitRun): number[] {
  return frames.slice(from).flatMap(({ agreement }) => (agreement ? [agreement.iou] : []));
}
export function errorsOf({ frames, truth, from }: FitRun): number[] {
  return jointErrors(
    frames.map(({ joints }) => joints),
    truth,
    from,
  );
}

/** Solved less true, centimetres. */
export function shapeErrorsOf({ shape, run }: FitCase, mannequin: Mannequin): Tapes {
  const solved = measureShape(mannequin, run.weights);
  const truth = measureShape(mannequin, mannequin.presets[shape]);
  return Object.fromEntries(tapes.map((name) => [name, solved[name] - truth[name]])) as Tapes;
}

/** What is followed in a motion, by joint and axis: what moves most in it. */
const courses: Record<string, readonly [joint: (typeof jointNames)[number], axis: number][]> = {
  arms: [
    ['leftWrist', 1],
    ['rightWrist', 1],
  ],
  'step-in': [
    ['leftShoulder', 0],
    ['rightShoulder', 0],
  ],
};

/** A delay is no matter of what was learned: it is looked for from this frame on, in so many frames at least. */
const LAG_FROM = 20;
const MIN_LAG_FRAMES = 40;

/** Delays of a case, milliseconds; none where nothing is followed, too little was seen, or somebody was lost. */
export function lagsOf({ motion, fps, run: { frames, truth } }: FitCase): number[] {
  const counted = frames.map(({ joints }, i) => ({ joints, truth: truth[i] })).slice(LAG_FROM);
  if (counted.length < MIN_LAG_FRAMES || counted.some(({ joints }) => joints === null)) return [];
  return (courses[motion] ?? []).map(([name, axis]) => {
    const joint = jointNames.indexOf(name);
    return lagOf(
      counted.map(({ joints }) => joints?.[joint][axis] ?? NaN),
      counted.map((each) => each.truth[joint][axis]),
      1000 / fps,
    );
  });
}

function jitterOf({ frames, from }: FitRun): number {
  const seen = frames.slice(from);
  return jitterPercent(
    seen.flatMap(({ anchorPx }) => (anchorPx ? [anchorPx] : [])),
    mean(seen.map(({ shoulderPx }) => shoulderPx)),
  );
}

/** The middle of the shoulders seen from the middle of the hips, solved less true, centimetres. */
function biasesOf({ frames, truth, from }: FitRun, axis: number): number[] {
  const [leftShoulder, rightShoulder, leftHip, rightHip] = (
    ['leftShoulder', 'rightShoulder', 'leftHip', 'rightHip'] as const
  ).map((name) => jointNames.indexOf(name));
  const lean = (joints: readonly (readonly number[])[]): number =>
    50 * (joints[leftShoulder][axis] + joints[rightShoulder][axis] - joints[leftHip][axis] - joints[rightHip][axis]);
  return frames.flatMap(({ joints }, i) => (joints && i >= from ? [lean(joints) - lean(truth[i])] : []));
}

/** Means of errors that come joint by joint, of both sides together. */
function byJoint(errors: readonly number[]): Record<string, number> {
  return Object.fromEntries(
    jointNames.flatMap((name, i) =>
      name.startsWith('left')
        ? [
            [
              name.slice('left'.length).toLowerCase(),
              mean(errors.filter((_, j) => (j % jointNames.length) >> 1 === i >> 1)),
            ],
          ]
        : [],
    ),
  );
}

function orNull<Value, Figure>(values: readonly Value[], figure: (values: readonly Value[]) => Figure): Figure | null {
  return values.length > 0 ? figure(values) : null;
}
function averaged(errors: readonly Tapes[]): Tapes {
  return Object.fromEntries(tapes.map((name) => [name, mean(errors.map((error) => Math.abs(error[name])))])) as Tapes;
}

/** The figures of a benchmark of fit. */
export function reportFit({ cases, thirdParty, still, lock, sizes }: FitEvidence, mannequin: Mannequin): FitReport {
  const tracked = cases.filter(({ isExact }) => !isExact);
  const wearing = (clothes: Clothes): FitCase[] => tracked.filter((each) => each.clothes === clothes);
  const ious = (some: readonly FitCase[]): number[] => some.flatMap(({ run }) => iousOf(run));
  const shapeErrors = (clothes: Clothes): Tapes | null =>
    orNull(wearing(clothes), (some) => averaged(some.map((each) => shapeErrorsOf(each, mannequin))));
  const lags = Object.keys(courses).flatMap(
    (motion) =>
      orNull(
        wearing('none')
          .filter((each) => each.motion === motion)
          .flatMap(lagsOf),
        mean,
      ) ?? [],
  );
  const [small, large] = sizes ?? [];
  return {
    iou: orNull(ious(tracked), fidelity),
    iouWithTruthLandmarks: orNull(ious(cases.filter(({ isExact }) => isExact)), fidelity),
    iouNaive: orNull(
      tracked.flatMap(({ run }) => run.naive),
      (values) => ({ mean: mean(values) }),
    ),
    thirdParty: thirdParty && { iou: mean(iousOf(thirdParty)), jointErrorCm: mean(errorsOf(thirdParty)) },
    jointErrorCm: orNull(
      tracked.flatMap(({ run }) => errorsOf(run)),
      spread,
    ),
    jointErrorCmByJoint: orNull(tracked, (some) => byJoint(some.flatMap(({ run }) => errorsOf(run)))),
    shoulderBiasCm: orNull(tracked, (some) =>
      [0, 1, 2].map((axis) => mean(some.flatMap(({ run }) => biasesOf(run, axis)))),
    ),
    stillJitterPct: still && jitterOf(still),
    lagMs: orNull(lags, (values) => Math.max(...values)),
    convergenceFrames: orNull(tracked, (some) =>
      Math.max(...some.map(({ run }) => convergenceFrame(run.frames.map(({ measures }) => measures)))),
    ),
    shapeErrorCm: shapeErrors('none'),
    bodyMsP95: orNull(
      tracked.flatMap(({ run }) => run.bodyMs.slice(run.from)),
      (values) => quantile(values, 0.95),
    ),
    lockError: lock && Math.max(...lock),
    sizeSpreadCm: sizes && hemGirth(large) - hemGirth(small),
    iouByClothes: Object.fromEntries(
      (['none', 'loose'] as const).flatMap((clothes) =>
        wearing(clothes).length > 0 ? [[clothes, fidelity(ious(wearing(clothes)))]] : [],
      ),
    ),
    shapeErrorLooseCm: shapeErrors('loose'),
    sizeSpreadTableCm: sizes && (large.measures.hip ?? NaN) - (small.measures.hip ?? NaN),
  };
}

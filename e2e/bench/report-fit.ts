// Sums up `npm run bench -- fit`: from the runs of all cases to the figures that `--json` writes.
// 1. Agreement of drawn and true garments (`iou…`), over all compared frames.
// 2. Distances of solved and true joints, jitter and delay.
// 3. Errors of the learned shape, and the frames until it has settled.
// 4. Frame lock (does a room show the very frame whose body it solved?), and the difference between two sizes of a
//    garment.
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

/** One case: a person of the given shape and clothes in a motion, and its run. */
export interface FitCase {
  /** Names: one of `fitMotions`, a preset of the mannequin, and a preset of clothes. */
  motion: string;
  shape: string;
  clothes: Clothes;
  /** Whether the landmarks are the truth instead of a tracker's. */
  isExact: boolean;
  /** Frames a second of the film. */
  fps: number;
  run: FitRun;
}

/** Everything that was measured. Null: not asked for, or not possible here. */
export interface FitEvidence {
  /** The synthetic person, case by case. */
  cases: readonly FitCase[];
  /** A rendered person and outfit that this project did not make. */
  thirdParty: FitRun | null;
  /** The synthetic person, naked and standing still. */
  still: FitRun | null;
  /** For each picture that a room shows: how many frames it is away from the frame of the body drawn on it. */
  lock: readonly number[] | null;
  /** A small and a large size of the garment, in this order, fitted to one body. */
  sizes: readonly FittedSize[] | null;
}

/** The figures that `--json` writes. Null: nothing was measured for the figure. */
export interface FitReport {
  /** Intersection over union of drawn and true garment, with a tracker's landmarks, in all clothes. */
  iou: Fidelity | null;
  /** The same with the true landmarks. */
  iouWithTruthLandmarks: Fidelity | null;
  /** `iou` for the naive overlay that demos ship: the garment turned and scaled onto the landmarks. */
  iouNaive: { mean: number } | null;
  /** Means of the rendered person and outfit of another maker. */
  thirdParty: { iou: number; jointErrorCm: number } | null;
  /** Distance of solved and true joints, with a tracker's landmarks: mean and 95th percentile. */
  jointErrorCm: Spread | null;
  /** Jitter of neck and shoulders of a person who stands still, per cent of the shoulders' breadth. */
  stillJitterPct: number | null;
  /** Delay of the solved behind the true joints that move most: the largest of the motions' means. */
  lagMs: number | null;
  /** Frames until the measures have settled, in the case that settled last. */
  convergenceFrames: number | null;
  /** Mean of `jointErrorCm` by joint, left and right together. */
  jointErrorCmByJoint: Record<string, number> | null;
  /**
   * Mean of solved minus true middle of the shoulders, relative to the middle of the hips, centimetres: to the right of
   * the picture, up, towards the camera.
   */
  shoulderBiasCm: number[] | null;
  /** Means of the absolute errors of learned measures, of naked people. */
  shapeErrorCm: Tapes | null;
  /** Time of `solveFrame` in Node for a frame, 95th percentile. */
  bodyMsP95: number | null;
  /** Frame lock: largest distance between the frame on show and the frame of the body drawn on it, frames. */
  lockError: number | null;
  /** Difference of the hem girths of the two sizes. */
  sizeSpreadCm: number | null;
  /** `iou` by preset of clothes: naked (`none`) and `loose`. */
  iouByClothes: Partial<Record<Clothes, Fidelity>>;
  /** `shapeErrorCm` of people in loose clothes. */
  shapeErrorLooseCm: Tapes | null;
  /** Difference of the same sizes in the garment's size table. */
  sizeSpreadTableCm: number | null;
}

/** Returns the intersections over union (0..1) of drawn and true garment in the compared frames from `from` on. */
export function iousOf({ frames, from }: FitRun): number[] {
  return frames.slice(from).flatMap(({ agreement }) => (agreement ? [agreement.iou] : []));
}

/** Returns the distances between solved and true joints in the frames from `from` on, centimetres. */
export function errorsOf({ frames, truth, from }: FitRun): number[] {
  return jointErrors(
    frames.map(({ joints }) => joints),
    truth,
    from,
  );
}

/** Returns solved minus true measures, centimetres; `mannequin`: the body that is measured in both shapes. */
export function shapeErrorsOf({ shape, run }: FitCase, mannequin: Mannequin): Tapes {
  const solved = measureShape(mannequin, run.weights);
  const truth = measureShape(mannequin, mannequin.presets[shape]);
  return Object.fromEntries(tapes.map((name) => [name, solved[name] - truth[name]])) as Tapes;
}

/** By motion the joints that move most, and along which axis (0 = x, 1 = y). The delay is measured on them. */
const movingJoints: Record<string, readonly [joint: (typeof jointNames)[number], axis: number][]> = {
  arms: [
    ['leftWrist', 1],
    ['rightWrist', 1],
  ],
  'step-in': [
    ['leftShoulder', 0],
    ['rightShoulder', 0],
  ],
};

/** The delay is measured from this frame on: it depends less on the learned body than the other figures. */
const FIRST_LAG_FRAME = 20;
/** The delay is measured over at least this number of frames. */
const MIN_LAG_FRAMES = 40;

/**
 * Returns the delays of the moving joints of a case, milliseconds. Empty for other motions, for short runs, and if the
 * person was lost.
 */
export function lagsOf({ motion, fps, run: { frames, truth } }: FitCase): number[] {
  const counted = frames.map(({ joints }, i) => ({ joints, truth: truth[i] })).slice(FIRST_LAG_FRAME);
  if (counted.length < MIN_LAG_FRAMES || counted.some(({ joints }) => joints === null)) return [];
  return (movingJoints[motion] ?? []).map(([name, axis]) => {
    const joint = jointNames.indexOf(name);
    return lagOf(
      counted.map(({ joints }) => joints?.[joint][axis] ?? NaN),
      counted.map((each) => each.truth[joint][axis]),
      1000 / fps,
    );
  });
}

/** Returns the jitter of neck and shoulders, per cent of the shoulders' breadth. */
function jitterOf({ frames, from }: FitRun): number {
  const seen = frames.slice(from);
  return jitterPercent(
    seen.flatMap(({ anchorPx }) => (anchorPx ? [anchorPx] : [])),
    mean(seen.map(({ shoulderPx }) => shoulderPx)),
  );
}

/**
 * Returns by frame the solved minus the true middle of the shoulders, both relative to the middle of the hips, along
 * `axis` (0 = x, 1 = y, 2 = z in camera space), centimetres.
 */
function biasesOf({ frames, truth, from }: FitRun, axis: number): number[] {
  const [leftShoulder, rightShoulder, leftHip, rightHip] = (
    ['leftShoulder', 'rightShoulder', 'leftHip', 'rightHip'] as const
  ).map((name) => jointNames.indexOf(name));
  const shoulderFromHipCm = (joints: readonly (readonly number[])[]): number =>
    50 * (joints[leftShoulder][axis] + joints[rightShoulder][axis] - joints[leftHip][axis] - joints[rightHip][axis]);
  return frames.flatMap(({ joints }, i) =>
    joints && i >= from ? [shoulderFromHipCm(joints) - shoulderFromHipCm(truth[i])] : [],
  );
}

/** Returns the means of errors by joint, left and right together. `errors` repeats the order of `jointNames`. */
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

/** Returns the figure of `values`; null without values. */
function orNull<Value, Figure>(values: readonly Value[], figure: (values: readonly Value[]) => Figure): Figure | null {
  return values.length > 0 ? figure(values) : null;
}
/** Returns the means of absolute errors, centimetres. */
function averaged(errors: readonly Tapes[]): Tapes {
  return Object.fromEntries(tapes.map((name) => [name, mean(errors.map((error) => Math.abs(error[name])))])) as Tapes;
}

/** Sums up the evidence as the figures of the report. `mannequin`: the body of which true and solved are shapes. */
export function reportFit({ cases, thirdParty, still, lock, sizes }: FitEvidence, mannequin: Mannequin): FitReport {
  const tracked = cases.filter(({ isExact }) => !isExact);
  const wearing = (clothes: Clothes): FitCase[] => tracked.filter((each) => each.clothes === clothes);
  const ious = (some: readonly FitCase[]): number[] => some.flatMap(({ run }) => iousOf(run));
  const shapeErrors = (clothes: Clothes): Tapes | null =>
    orNull(wearing(clothes), (some) => averaged(some.map((each) => shapeErrorsOf(each, mannequin))));
  const lags = Object.keys(movingJoints).flatMap(
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

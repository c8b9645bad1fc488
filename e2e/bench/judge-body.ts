// Judges what was solved of a filmed person: how far tape measures and joints are from the truth, and whether the
// intervals of the measures hold it.
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { type Clip, truthOf } from './clip.ts';
import { convergenceFrame, jointErrors, jointNames } from './judge-fit.ts';
import { measureShape, type Tapes, tapes } from './measure-shape.ts';
import { solveClip } from './solve-clip.ts';
import { mean } from './statistics.ts';

/** A person who is filmed, and what is known of the body. Lengths in centimetres. */
export interface FilmedPerson {
  /** Names for tables and files, of the person, the motion and, as `clothes`, what the person wears. */
  name: string;
  motion: string;
  /** `half`: the picture ends at the thighs. `whole`: it shows all of the body. */
  framing: 'half' | 'whole';
  clothes: string;
  /** Height of the person. */
  stature: number;
  /** True girths of chest, waist and hip, and breadth over the shoulders. */
  truth: Tapes;
  /** True girths and lengths by the names of the room's `measure()`. Those that are not known are left out. */
  trueGirths: Readonly<Record<string, number>>;
  trueLengths: Readonly<Record<string, number>>;
}

/** What `measure()` says of one measure (value, and the ends of its 90 % interval), and the truth, centimetres. */
interface Interval {
  cm: number;
  low: number;
  high: number;
  truth: number;
}

/** How far what was solved of one person is from the truth. Lengths in centimetres. */
export interface BodyResult extends Omit<FilmedPerson, 'trueGirths' | 'trueLengths'> {
  /** Solved minus true measures, where the fitting room is told the stature. */
  error: Tapes;
  /** The same where it is told none. */
  errorWithoutStature: Tapes;
  /** Mean distance of solved and true joints of shoulders, arms and hips, from `FIRST_FRAME` on. */
  jointError: number;
  /** Mean of the solved minus the true distance between the shoulder joints, from `FIRST_FRAME` on. */
  shoulderJointsError: number;
  /** Number of frames until all measures have settled. */
  convergenceFrames: number;
  /** 90 % intervals of `measure()` with the stature, by measure; measures that it gives as null are left out. */
  girthIntervals: Record<string, Interval>;
  lengthIntervals: Record<string, Interval>;
}

/** Joints count from the frame with this number on: before it the body is learned. */
const FIRST_FRAME = 30;
/** In a half picture knees and ankles are not seen. */
const UNSEEN = /Knee|Ankle/;
/** No garment is worn: the bodies alone are judged. */
const NO_GARMENTS = { fit: () => false, startAnew() {} };

/** Returns the distance between the shoulder joints of one frame, centimetres. */
function shoulderJointsCm(joints: readonly (readonly number[])[]): number {
  const [left, right] = (['leftShoulder', 'rightShoulder'] as const).map((name) => joints[jointNames.indexOf(name)]);
  return 100 * Math.hypot(...left.map((c, axis) => c - right[axis]));
}

/**
 * Solves the body in a clip (a filmed and tracked person), once with and once without the stature (height), and
 * compares both with what is known of `person`. `mannequin`: the body of which solved bodies are shapes; `without`:
 * names of steps of the body solve to leave out.
 */
export function judgeBody(
  clip: Clip,
  person: FilmedPerson,
  { mannequin, without }: { mannequin: Mannequin; without?: readonly string[] },
): BodyResult {
  const { trueGirths, trueLengths, ...rest } = person;
  const { truth, stature } = rest;
  const stated = solveClip(clip, mannequin, NO_GARMENTS, { stature, without });
  const unstated = solveClip(clip, mannequin, NO_GARMENTS, { stature: null, without });
  const errorOf = (weights: readonly number[]): Tapes => {
    const solved = measureShape(mannequin, weights);
    return Object.fromEntries(tapes.map((name) => [name, solved[name] - truth[name]])) as Tapes;
  };
  const trueJoints = truthOf(clip);
  const solvedJoints = stated.frames.map(({ joints }) => joints);
  const errors = jointErrors(solvedJoints, trueJoints, FIRST_FRAME);
  const breadthErrors = solvedJoints.flatMap((joints, frame) =>
    joints && frame >= FIRST_FRAME ? [shoulderJointsCm(joints) - shoulderJointsCm(trueJoints[frame])] : [],
  );
  const intervalsOf = (truths: Readonly<Record<string, number>>): Record<string, Interval> =>
    Object.fromEntries(
      Object.entries(truths).flatMap(([name, cm]) => {
        const measurement = stated.measurements[name];
        return measurement ? [[name, { ...measurement, truth: cm }]] : [];
      }),
    );
  return {
    ...rest,
    error: errorOf(stated.weights),
    errorWithoutStature: errorOf(unstated.weights),
    jointError: mean(errors.filter((_, i) => !UNSEEN.test(jointNames[i % jointNames.length]))),
    shoulderJointsError: mean(breadthErrors),
    convergenceFrames: convergenceFrame(stated.frames.map(({ measures }) => measures)),
    girthIntervals: intervalsOf(trueGirths),
    lengthIntervals: intervalsOf(trueLengths),
  };
}

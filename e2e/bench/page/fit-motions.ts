import type { MannequinSourceOptions } from '../../../src/index.ts';

/** A motion in which the benchmark films a person: one of the mannequin's motions, played at a pace of its own. */
export interface FitMotion {
  /** Name of the mannequin's motion. */
  motion: NonNullable<MannequinSourceOptions['motion']>;
  /** Returns the time in the motion that the film shows at `timeMs`: both milliseconds from the start, 0 or later. */
  momentAt: (timeMs: number) => number;
}

/** Duration of a whole rotation in the mannequin's motion `turn`, milliseconds. */
const TURN_MS = 8000;
/** Largest angle to either side in the film. */
const TURN_DEGREES = 35;
/**
 * Beginning and end of the part of `step-in` that the film repeats, milliseconds in the motion: the last steps,
 * standing, and the first step away, with the whole body in the picture.
 */
const STEP_IN_MS = [2300, 4800] as const;

/** Plays a motion from its beginning at normal speed. */
function forward(timeMs: number): number {
  return timeMs;
}

/** Returns a `momentAt` that plays a motion forwards and backwards between two of its times (ms) at normal speed. */
function toAndFro(from: number, to: number) {
  return (timeMs: number): number => {
    const span = to - from;
    const phase = timeMs % (2 * span);
    return from + (phase < span ? phase : 2 * span - phase);
  };
}

/** The motions by the names that the benchmark's options and tables use. */
export const fitMotions = {
  sway: { motion: 'sway', momentAt: forward },
  // To both sides and back, around the end of the first whole rotation, where the mannequin faces the camera as at 0:
  // motions have no negative times.
  turn: {
    motion: 'turn',
    momentAt: (timeMs) => {
      const periodMs = 6000;
      return TURN_MS + (TURN_DEGREES / 360) * TURN_MS * Math.sin((2 * Math.PI * timeMs) / periodMs);
    },
  },
  arms: { motion: 'arms', momentAt: forward },
  'arms-crossed': { motion: 'arms-crossed', momentAt: forward },
  'step-in': { motion: 'step-in', momentAt: toAndFro(...STEP_IN_MS) },
  // Every frame shows the same pose, each a different whole number of breaths later (if the scene's `swayMetres` is 0).
  // The sensor noise depends on the time in the motion, so it differs from frame to frame.
  still: {
    motion: 'stand',
    momentAt: (timeMs) => {
      // The pose of `stand` repeats with each breath. At this time the chest is at one end of its movement.
      const breathMs = 4000;
      const breathEndMs = 1000;
      // With less time between two frames of the film, both could be the same.
      const minFrameMs = 10;
      return breathEndMs + breathMs * Math.round(timeMs / minFrameMs);
    },
  },
} as const satisfies Record<string, FitMotion>;
/** Name of one of `fitMotions`. */
export type FitMotionName = keyof typeof fitMotions;

/**
 * The motions over which the benchmark takes its statistics of accuracy. `still` is not one of them: it shows only how
 * much the solved body trembles while the person does not move.
 */
export const fitMotionNames = [
  'sway',
  'turn',
  'arms',
  'arms-crossed',
  'step-in',
] as const satisfies readonly FitMotionName[];

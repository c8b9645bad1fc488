import type { MannequinSourceOptions } from '../../../src/index.ts';

/**
 * A motion of the benchmark: a motion of the mannequin, and a function that maps the source's time to a time in that
 * motion; both in milliseconds.
 */
export interface FitMotion {
  motion: NonNullable<MannequinSourceOptions['motion']>;
  momentAt: (timeMs: number) => number;
}

/** Duration of the mannequin's whole turn, milliseconds. */
const TURN_MS = 8000;
/** Largest turn to either side. */
const TURN_DEGREES = 35;
/**
 * Begin and end of the part of `step-in` that is repeated, milliseconds: the last steps and standing, with the whole
 * body in the picture.
 */
const STEP_IN = [2300, 4800] as const;

function forward(timeMs: number): number {
  return timeMs;
}
/** Returns a function that plays a motion forwards and backwards between two times (milliseconds) at normal speed. */
function toAndFro(from: number, to: number) {
  return (timeMs: number): number => {
    const span = to - from;
    const phase = timeMs % (2 * span);
    return from + (phase < span ? phase : 2 * span - phase);
  };
}

export const fitMotions = {
  sway: { motion: 'sway', momentAt: forward },
  // To both sides and back in six seconds, around the end of the first whole turn: the mannequin has no negative times.
  turn: {
    motion: 'turn',
    momentAt: (timeMs) => TURN_MS + (TURN_DEGREES / 360) * TURN_MS * Math.sin((2 * Math.PI * timeMs) / 6000),
  },
  arms: { motion: 'arms', momentAt: forward },
  'arms-crossed': { motion: 'arms-crossed', momentAt: forward },
  'step-in': { motion: 'step-in', momentAt: toAndFro(...STEP_IN) },
  // `stand` breathes with a period of four seconds: each frame shows the same moment, a period later, with other noise.
  still: { motion: 'stand', momentAt: (timeMs) => 1000 + 4000 * Math.round(timeMs / 10) },
} as const satisfies Record<string, FitMotion>;
export type FitMotionName = keyof typeof fitMotions;

/** The motions over which statistics are taken. */
export const fitMotionNames = [
  'sway',
  'turn',
  'arms',
  'arms-crossed',
  'step-in',
] as const satisfies readonly FitMotionName[];

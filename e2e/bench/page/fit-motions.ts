import type { MannequinSourceOptions } from '../../../src/index.ts';

/** One of the benchmark's motions: which of the mannequin's, and where in it the person is at a time of the source's clock, milliseconds. */
export interface FitMotion {
  motion: NonNullable<MannequinSourceOptions['motion']>;
  at: (timeMs: number) => number;
}

/** A whole turn takes the mannequin so long. */
const TURN_MS = 8000;
const TURN_DEGREES = 35;
/** Walking in and standing still, of `step-in`: from where the whole body is in the picture. */
const STEP_IN = [2300, 4800] as const;

function forward(timeMs: number): number {
  return timeMs;
}
/** To and fro between two times, at the motion's own speed. */
function toAndFro(from: number, to: number) {
  return (timeMs: number): number => {
    const span = to - from;
    const phase = timeMs % (2 * span);
    return from + (phase < span ? phase : 2 * span - phase);
  };
}

export const fitMotions = {
  sway: { motion: 'sway', at: forward },
  // To both sides and back in six seconds; a whole period later, since no time lies before the beginning.
  turn: {
    motion: 'turn',
    at: (timeMs) => TURN_MS + (TURN_DEGREES / 360) * TURN_MS * Math.sin((2 * Math.PI * timeMs) / 6000),
  },
  arms: { motion: 'arms', at: forward },
  'arms-crossed': { motion: 'arms-crossed', at: forward },
  'step-in': { motion: 'step-in', at: toAndFro(...STEP_IN) },
  // Standing breathes with a period of four seconds: the same moment of it, again and again, under ever other noise.
  still: { motion: 'stand', at: (timeMs) => 1000 + 4000 * Math.round(timeMs / 10) },
} as const satisfies Record<string, FitMotion>;
export type FitMotionName = keyof typeof fitMotions;

/** Those that statistics are taken over. */
export const fitMotionNames = [
  'sway',
  'turn',
  'arms',
  'arms-crossed',
  'step-in',
] as const satisfies readonly FitMotionName[];

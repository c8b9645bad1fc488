import type { FitMotionName } from './page/fit-motions.ts';
import type { FilmModel } from './page/open-tracker.ts';

/**
 * The parts of `npm run bench -- fit`: another maker's rendered person and outfit; the mannequin in motions; standing
 * still; the frame lock (does a room show the very frame whose body it solved?); the difference between two sizes of a
 * garment; bodies of another maker; random bodies.
 */
export const fitParts = ['thirdParty', 'mannequin', 'still', 'lock', 'sizes', 'strangers', 'bodies'] as const;
/** One of `fitParts`. */
export type FitPart = (typeof fitParts)[number];

/** What `npm run bench -- fit` judges, and how. */
export interface FitOptions {
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
  /** What is judged, and the motions of the synthetic person in the part `mannequin`. */
  parts: readonly FitPart[];
  motions: readonly FitMotionName[];
  /** Presets of the mannequin, the synthetic person: for instance `female-50`. */
  shapes: readonly string[];
  /**
   * What the person wears below the garment. `exact`: nothing, and the landmarks are the truth instead of a tracker's.
   * Null: each part's own choice.
   */
  clothes: readonly ('none' | 'everyday' | 'loose' | 'exact')[] | null;
  /** The random bodies of the part `bodies`: their number, and the seed of the first. */
  bodies: { count: number; seed: number };
  /** Number of frames of each case. */
  frames: number;
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /** Whether to write a contact sheet of each case to `e2e/output/bench`. */
  sheets: boolean;
  /** Whether clips and masks may come from the cache. */
  isCacheRead: boolean;
}

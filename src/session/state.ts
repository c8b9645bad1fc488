import type { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { WardrobeEntry } from './wardrobe-entry.ts';

/**
 * What a fitting room does now:
 *
 * - `idle`: nothing runs;
 * - `loading`: models, mannequin and garments are loading;
 * - `asking`: the browser asks the shopper for the camera;
 * - `searching`: frames are shown, without a person in them;
 * - `tracking`: the person in the picture wears the garments;
 * - `paused`: the camera stays on and the last picture stays;
 * - `error`: no frame is shown until the next start, or until the browser gives a lost GPU back; `FittingState.error`
 *   tells what failed.
 */
export type FittingStatus = 'idle' | 'loading' | 'asking' | 'searching' | 'tracking' | 'paused' | 'error';

/**
 * The public state of a fitting room: a new frozen object after every change. Nothing in it changes with every frame.
 */
export interface FittingState {
  readonly status: FittingStatus;
  /** Share of the bytes loaded, 0..1. */
  readonly progress: number;
  /** The failure that holds now; null if none. A garment that failed does not change `status`. */
  readonly error: FittingError | null;
  /** Ids of the garments worn, separated by spaces. */
  readonly garment: string;
  /** Size of the first of these garments; null until it is loaded. */
  readonly size: string | null;
  /** What runs the tracking networks: `webgpu`, `wasm` or `mediapipe`; null until it is loaded. */
  readonly engine: Tracker['engine'] | null;
  /** Landmark model: `lite`, `full` or `heavy`; null until it is loaded. */
  readonly model: Tracker['model'] | null;
}

/** The state before the first start. */
export const IDLE_STATE: FittingState = Object.freeze({
  status: 'idle',
  progress: 0,
  error: null,
  garment: '',
  size: null,
  engine: null,
  model: null,
});

/** The wardrobe before the first start. */
export const NO_GARMENTS: readonly WardrobeEntry[] = Object.freeze([]);

/** Returns the state after `change`, frozen; the same object when `change` changes nothing. */
export function nextState(state: FittingState, change: Partial<FittingState>): FittingState {
  const keys = Object.keys(change) as (keyof FittingState)[];
  return keys.some((key) => state[key] !== change[key]) ? Object.freeze({ ...state, ...change }) : state;
}

/**
 * Returns the error to show after the garments have changed. `error`, the present one, stays when it is not about a
 * garment; else it is the error of the first of `garments` that failed, or null.
 */
export function errorWith(garments: readonly WardrobeEntry[], error: FittingError | null): FittingError | null {
  if (error && !error.code.startsWith('garment-')) return error;
  return garments.find((entry) => entry.error)?.error ?? null;
}

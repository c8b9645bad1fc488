import type { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { WardrobeEntry } from './wardrobe.ts';

const statuses = ['idle', 'loading', 'asking', 'searching', 'tracking', 'paused', 'error'] as const;
/**
 * `idle`: nothing runs. `loading`: models, mannequin and garments are on their way. `asking`: the browser asks the
 * shopper for the camera. `searching`: frames come, without a person in them. `tracking`: the garments are on the
 * person. `paused`: the camera stays on, the picture stays. `error`: nothing works until the next start; see `error`.
 */
export type FittingStatus = (typeof statuses)[number];

/**
 * What a fitting room tells about itself: a new frozen object at every change. Nothing in it changes with every frame.
 */
export interface FittingState {
  readonly status: FittingStatus;
  /** Share of the bytes loaded, 0..1. */
  readonly progress: number;
  /** The last failure that still holds. A garment that failed leaves `status` as it is. */
  readonly error: FittingError | null;
  /** Ids of the garments worn, separated by spaces. */
  readonly garment: string;
  /** Size of the first of them, once it is loaded. */
  readonly size: string | null;
  /** Engine of the tracker, once it is loaded. */
  readonly engine: Tracker['engine'] | null;
  readonly model: Tracker['model'] | null;
}

export const idleState: FittingState = Object.freeze({
  status: 'idle',
  progress: 0,
  error: null,
  garment: '',
  size: null,
  engine: null,
  model: null,
});

/** The state after `change`; the same object when nothing changes. */
export function nextState(state: FittingState, change: Partial<FittingState>): FittingState {
  const keys = Object.keys(change) as (keyof FittingState)[];
  return keys.some((key) => state[key] !== change[key]) ? Object.freeze({ ...state, ...change }) : state;
}

/**
 * The error to show when the garments have changed: that of a failed garment, unless `error` says something else that
 * is wrong.
 */
export function errorWith(garments: readonly WardrobeEntry[], error: FittingError | null): FittingError | null {
  if (error && !error.code.startsWith('garment-')) return error;
  return garments.find((entry) => entry.error)?.error ?? null;
}

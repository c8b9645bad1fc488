import type { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';

export const statuses = ['idle', 'loading', 'asking', 'searching', 'tracking', 'paused', 'error'] as const;
/**
 * `idle`: nothing runs. `loading`: models, mannequin and garments are on their way. `asking`: waiting for the shopper to allow
 * the camera. `searching`: pictures come, nobody is in them yet. `tracking`: the garment is on. `paused`: the camera is kept, the
 * picture stands. `error`: see `error`.
 */
export type FittingStatus = (typeof statuses)[number];

/** The slow state of a fitting room, a new frozen object at every change. */
export interface FittingState {
  readonly status: FittingStatus;
  /** Share of the bytes loaded, 0..1. */
  readonly progress: number;
  /** What failed last and has not been mended; a garment that failed leaves `status` as it is. */
  readonly error: FittingError | null;
  /** Ids of the garments worn, separated by spaces. */
  readonly garment: string;
  /** Size of the first of them, once it is loaded. */
  readonly size: string | null;
  /** What tracks, once it is loaded. */
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

/** The state after `change`; the same object where nothing changes, so that `!==` tells. */
export function nextState(state: FittingState, change: Partial<FittingState>): FittingState {
  const keys = Object.keys(change) as (keyof FittingState)[];
  return keys.some((key) => state[key] !== change[key]) ? Object.freeze({ ...state, ...change }) : state;
}

import type { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { Stages } from './load-stages.ts';

/** What a session tells its owner. Called synchronously; must not throw. */
export interface SessionHooks {
  /** `state`, `wardrobe` or `canvas` has changed, or the first frame was drawn. */
  onChange: () => void;
  /** A frame was drawn: `tracked` and `body` belong to it. */
  onTrack: () => void;
  onError: (error: FittingError) => void;
  /** Bytes. */
  onProgress: (loaded: number, total: number) => void;
}

export interface SessionOptions {
  /** Loads the code of the stages; tests give stages of their own. */
  load?: () => Promise<Stages>;
  /** The page's own trackers that earlier sessions of the same owner have loaded. */
  loadedTrackers?: WeakSet<Tracker>;
}

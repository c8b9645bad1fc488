import type { Facing } from '../capture/facing.ts';
import type { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { Stages } from './load-stages.ts';

/** Callbacks by which a session informs its owner. They are called synchronously and must not throw. */
export interface SessionHooks {
  /** `state`, `wardrobe` or `canvas` has changed, or the first frame was drawn. */
  onChange: () => void;
  /** A frame was drawn: `tracked` and `body` belong to it. */
  onTrack: () => void;
  /** The session or one of its garments has failed. */
  onError: (error: FittingError) => void;
  /** Bytes loaded so far and bytes to load, of all parts of this start. */
  onProgress: (loaded: number, total: number) => void;
}

/** Replacements for tests, and what outlives a session. */
export interface SessionOptions {
  /** Loads the code of the stages; tests give stages of their own. */
  load?: () => Promise<Stages>;
  /** Asks the shopper for the camera that faces this way; the browser by default. */
  askForCamera?: (facing: Facing) => Promise<MediaStream>;
  /** Trackers of the page that earlier sessions of the same owner have loaded. */
  loadedTrackers?: WeakSet<Tracker>;
}

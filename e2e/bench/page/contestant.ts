import type { PersonMask } from '../../../src/index.ts';
import type { SeenPose } from '../compare-landmarks.ts';
import type { StoredFrame } from './stored-frames.ts';

/** A pose or segmentation pipeline, which a benchmark runs beside its rivals on the same frames. */
export interface Contestant {
  /** Form of its frames, for the printed table: for instance `bitmap`. */
  readonly input: string;
  /**
   * Finds the person in `frame`, which it copies. Resolves to the time from the ready input to the answer with its
   * mask, milliseconds; NaN if the time does not count, because no person was found. `timeMs`: time of the frame; it
   * must rise from call to call.
   */
  step(frame: StoredFrame, timeMs: number): Promise<number>;
  /** Resolves when the GPU process has finished the last step, so that it does not delay the next contestant. */
  settle?(): Promise<void>;
  /** Drops what was learned from earlier frames. The benchmark calls it before the first frame of another clip. */
  reset?(): void;
}

/** A contestant whose landmarks and masks are compared, too. */
export interface Tracking extends Contestant {
  /** Returns the 33 landmarks of the last step, 0..1 from the frame's top left; null if no person was found. */
  pose(): SeenPose['landmarks'];
  /**
   * Returns the mask of the last step, coverage 0..255; null if no person was found. MediaPipe's is scaled to `width` ×
   * `height` pixels; this project's has its own size.
   */
  mask(width?: number, height?: number): PersonMask | null;
}

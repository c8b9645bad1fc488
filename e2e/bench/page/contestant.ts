import type { PersonMask } from '../../../src/index.ts';
import type { SeenPose } from '../compare-landmarks.ts';
import type { StoredFrame } from './stored-frames.ts';

/** One way of finding the person, to be run beside the others. */
export interface Contestant {
  /** What it takes a frame as, in words. */
  readonly input: string;
  /** Has it find the person in `frame`; resolves to the milliseconds that took, from the input at hand to the answer with its mask. `atMs` rises. */
  step(frame: StoredFrame, atMs: number): Promise<number>;
  /** Resolves when all that the last step asked of the GPU process is done, so that the next contestant's time is its own. */
  settle?(): Promise<void>;
  /** The next frame belongs to another clip. */
  reset?(): void;
}

/** A contestant whose answers are compared. */
export interface Tracking extends Contestant {
  /** What the last step saw. */
  pose(): SeenPose['landmarks'];
  /** The last step's mask at `width` × `height`, or at its own size; null when nobody was seen. */
  mask(width?: number, height?: number): PersonMask | null;
}

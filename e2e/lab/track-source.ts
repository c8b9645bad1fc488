import { createFrame, type FrameSource } from '../../src/capture/frame-source.ts';
import { createTrackedFrame } from '../../src/tracking/create-tracked-frame.ts';
import { describeTracked } from '../../src/tracking/describe-tracked.ts';
import type { Tracker } from '../../src/tracking/tracker.ts';

/** A landmark in the image: x and y 0..1 from the top left of the frame; `visibility` 0..1. */
export interface SeenPoint {
  x: number;
  y: number;
  visibility: number;
}

/** The tracked landmarks of one frame and the true ones. */
export interface SeenFrame {
  /** Time on the source's clock, milliseconds. */
  timeMs: number;
  /** Size of the frame, pixels. */
  width: number;
  height: number;
  /** Probability 0..1 that a person is in the frame; 0 when none was found. */
  score: number;
  /** 33 tracked landmarks, in BlazePose's order; empty when no person was found. */
  landmarks: SeenPoint[];
  /** 33 true landmarks, in the same order. */
  truth: SeenPoint[];
}

/** A source that knows the true landmarks of its frames. */
export interface KnowingSource extends FrameSource {
  /**
   * The landmarks at a time on the source's clock, milliseconds: 33 × (x, y, visibility), x and y 0..1 from the top
   * left of the frame of that time, visibility 0 or 1. The next call may overwrite the array.
   */
  landmarksAt(timeMs: number): Float32Array;
}

/** Called for each tracked frame before its image is closed. */
export type FrameWitness = (picture: ImageBitmap | VideoFrame, seen: SeenFrame) => void | Promise<void>;

function point(x: number, y: number, visibility: number): SeenPoint {
  return { x, y, visibility };
}

/**
 * Tracks every frame of `source`, in order, with a loaded tracker and without a room. Resets the tracker before the
 * first frame, closes the images and at the end the source; the caller closes the tracker. Returns one record a frame.
 */
export async function trackSource(
  source: KnowingSource,
  tracker: Tracker,
  onFrame?: FrameWitness,
): Promise<SeenFrame[]> {
  const frame = createFrame();
  const target = createTrackedFrame();
  const seen: SeenFrame[] = [];
  try {
    tracker.reset();
    while (await source.next(frame)) {
      await tracker.track(frame, target);
      const exact = source.landmarksAt(frame.timeMs);
      const now = {
        timeMs: frame.timeMs,
        width: frame.width,
        height: frame.height,
        score: target.score,
        landmarks: target.score > 0 ? describeTracked(target).landmarks : [],
        truth: Array.from({ length: exact.length / 3 }, (_, i) =>
          point(exact[3 * i], exact[3 * i + 1], exact[3 * i + 2]),
        ),
      };
      seen.push(now);
      if (frame.image) await onFrame?.(frame.image, now);
      frame.image?.close();
    }
  } finally {
    source.close();
  }
  return seen;
}

import { createFrame, type FrameSource } from '../../src/capture/frame-source.ts';
import { createTrackedFrame } from '../../src/tracking/create-tracked-frame.ts';
import { describeTracked } from '../../src/tracking/describe-tracked.ts';
import type { Tracker } from '../../src/tracking/tracker.ts';

/** A landmark, normalised to the frame; `visibility` 0..1. */
export interface SeenPoint {
  x: number;
  y: number;
  visibility: number;
}

/** Found and true landmarks of one frame. */
export interface SeenFrame {
  timeMs: number;
  width: number;
  height: number;
  /** 0 when no person was found; `landmarks` is empty then. */
  score: number;
  landmarks: SeenPoint[];
  truth: SeenPoint[];
}

/** A source with known landmarks: 33 × (x, y, visibility), normalised to the frame at `timeMs`. */
export interface KnowingSource extends FrameSource {
  landmarksAt(timeMs: number): Float32Array;
}

/** Is called with each frame and its landmarks before the picture is closed. */
export type FrameWitness = (picture: ImageBitmap | VideoFrame, seen: SeenFrame) => void | Promise<void>;

function point(x: number, y: number, visibility: number): SeenPoint {
  return { x, y, visibility };
}

/** Tracks every frame of a source with a loaded tracker, without a room. Resets the tracker and closes the source. */
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

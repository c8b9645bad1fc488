import { createFrame, type Frame, type FrameSource } from '../../src/capture/frame-source.ts';
import { createTrackedFrame } from '../../src/tracking/create-tracked-frame.ts';
import type { ModelName, SegmentationName } from '../../src/tracking/tracker.ts';
import {
  createWorkerTracker,
  type WorkerTracker,
  type WorkerTrackerOptions,
} from '../../src/tracking/worker-tracker.ts';

/** The result for one frame of an engine (one of the ways in which the product runs the pose network). */
export interface FrameTrack {
  /** Probability 0..1 that a person is in the frame; 0 when none was found. */
  score: number;
  /** 33 × (x, y, z, visibility): pixels of the frame from its top left, z on the scale of x; visibility 0..1. */
  landmarks: Float32Array;
  /** 33 × (x, y, z, visibility): metres from the middle of the hips, x right, y down, z away; visibility 0..1. */
  world: Float32Array;
  /** Coverage of each pixel by the person, 0..255, `width` × `height` values by row; 0 × 0 when no person was found. */
  mask: { width: number; height: number; data: Uint8ClampedArray };
  /** Time that the engine took, milliseconds. */
  totalMs: number;
}

/** The engine and its networks. */
export interface TrackFramesOptions {
  /** `wasm` (CPU) or `webgpu`. */
  engine: WorkerTrackerOptions['engine'];
  /** BlazePose's landmark model; `lite` by default. */
  model?: Exclude<ModelName, 'auto'>;
  /** Network of the mask; the tracker's default when absent. */
  segmentation?: SegmentationName;
}

/**
 * Reads up to `count` frames of a source and keeps them, so that several engines can track the same frames. The caller
 * closes their images, and the source.
 */
export async function takeFrames(source: FrameSource, count: number): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (let i = 0; i < count; i++) {
    const frame = await source.next(createFrame());
    if (!frame) break;
    frames.push(frame);
  }
  return frames;
}

/** Loads a tracker with this engine alone: when the engine fails, no other replaces it. The caller closes it. */
export async function openEngine({ engine, model = 'lite', segmentation }: TrackFramesOptions): Promise<WorkerTracker> {
  const tracker = createWorkerTracker({ engine, model, segmentation });
  await tracker.load({ assets: '/assets/' });
  return tracker;
}

/**
 * Tracks `frames` in order with a new tracker, then closes it. Returns one result a frame. The images stay open, so
 * that the frames can be tracked again.
 */
export async function trackFrames(frames: readonly Frame[], options: TrackFramesOptions): Promise<FrameTrack[]> {
  const tracker = await openEngine(options);
  const target = createTrackedFrame();
  const tracks: FrameTrack[] = [];
  for (const frame of frames) {
    await tracker.track(frame, target);
    const { mask } = target;
    tracks.push({
      score: target.score,
      landmarks: target.landmarks.map((value, i) => value * [frame.width, frame.height, frame.width, 1][i % 4]),
      world: target.worldLandmarks.slice(),
      mask: { width: mask?.width ?? 0, height: mask?.height ?? 0, data: Uint8ClampedArray.from(mask?.data ?? []) },
      totalMs: tracker.timings.totalMs,
    });
  }
  tracker.close();
  return tracks;
}

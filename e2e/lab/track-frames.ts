import { createFrame, type Frame, type FrameSource } from '../../src/capture/frame-source.ts';
import { createTrackedFrame } from '../../src/tracking/create-tracked-frame.ts';
import type { ModelName, SegmentationName } from '../../src/tracking/tracker.ts';
import {
  createWorkerTracker,
  type WorkerTracker,
  type WorkerTrackerOptions,
} from '../../src/tracking/worker-tracker.ts';

/** Results of an engine for one frame. */
export interface FrameTrack {
  score: number;
  /** 33 × (x, y, z in pixels, visibility). */
  landmarks: Float32Array;
  /** 33 × (x, y, z metres, visibility). */
  world: Float32Array;
  mask: { width: number; height: number; data: Uint8ClampedArray };
  totalMs: number;
}

export interface TrackFramesOptions {
  engine: WorkerTrackerOptions['engine'];
  model?: Exclude<ModelName, 'auto'>;
  segmentation?: SegmentationName;
}

/** Takes `count` frames of a source, to show them to several engines. The caller closes their images. */
export async function takeFrames(source: FrameSource, count: number): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (let i = 0; i < count; i++) {
    const frame = await source.next(createFrame());
    if (!frame) break;
    frames.push(frame);
  }
  return frames;
}

/** Loads one engine in a worker, without another to fall back on. */
export async function openEngine({ engine, model = 'lite', segmentation }: TrackFramesOptions): Promise<WorkerTracker> {
  const tracker = createWorkerTracker({ engine, model, segmentation });
  await tracker.load({ assets: '/assets/' });
  return tracker;
}

/** Tracks `frames` with a newly loaded engine. Their images stay usable. */
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

import type { Frame, ModelName } from '../../../src/index.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import { describeTracked } from '../../../src/tracking/describe-tracked.ts';
import type { EngineName, SegmentationName, Tracker } from '../../../src/tracking/tracker.ts';
import type { TrackingReply } from '../../../src/tracking/tracking-protocol.ts';
import type { Tracking } from './contestant.ts';
import { MainThreadClock } from './main-thread-clock.ts';
import type { FrameKind } from './stored-frames.ts';

/** This project's tracker as a contestant: a tracker that a benchmark runs beside its rivals on the same frames. */
export interface Ours extends Tracking {
  /** The tracker itself. */
  readonly tracker: Tracker;
  /** Returns the time for which the last step kept the page's thread busy, milliseconds. */
  busyMs(): number;
  /** Returns the parts of the last step's time, milliseconds. */
  parts(): OursParts;
}

/** The parts of a frame's time, milliseconds. */
export interface OursParts {
  /** Cropping the frame to the network's input. */
  crop: number;
  /** The network. */
  inference: number;
  /** The rest of the worker's time. */
  rest: number;
  /** Messages between page and worker. */
  travel: number;
}

/**
 * Loads this project's tracker in a worker and measures the page's thread from then on. `engine`: `wasm` (CPU) or
 * `webgpu`; `model`: BlazePose's landmark model; `kind`: form of its frames; `segmentation`: the network of its mask,
 * by default the tracker's default.
 */
export async function createOurs(
  engine: EngineName,
  model: ModelName,
  kind: FrameKind,
  segmentation?: SegmentationName,
): Promise<Ours> {
  const clock = new MainThreadClock();
  const parts: OursParts = { crop: 0, inference: 0, rest: 0, travel: 0 };
  let totalMs = 0;
  const start = async (): Promise<Tracker> => {
    const created = await createTracker({ engine, model, segmentation });
    await created.load({ assets: '/assets/' });
    return created;
  };
  const tracker = await clock.watchWorkers(start, ({ data }: MessageEvent<TrackingReply>) => {
    if (data.type !== 'tracked') return;
    const { cropMs, inferenceMs } = data.timings;
    ({ totalMs } = data.timings);
    Object.assign(parts, { crop: cropMs, inference: inferenceMs, rest: totalMs - cropMs - inferenceMs });
  });
  const frame: Frame = { image: null, width: 0, height: 0, timeMs: 0 };
  const tracked = createTrackedFrame();
  return {
    tracker,
    input: kind,
    async step(stored, timeMs) {
      frame.image = await stored.take(kind);
      frame.width = stored.width;
      frame.height = stored.height;
      frame.timeMs = timeMs;
      clock.read();
      const start = performance.now();
      clock.open();
      const tracking = tracker.track(frame, tracked);
      clock.close();
      await tracking;
      clock.close();
      const ms = performance.now() - start;
      parts.travel = ms - totalMs;
      (frame.image as Frame['image'])?.close();
      return ms;
    },
    reset: () => tracker.reset(),
    busyMs: () => clock.read(),
    parts: () => ({ ...parts }),
    pose: () => (tracked.score > 0 ? describeTracked(tracked).landmarks : null),
    mask: () => tracked.mask,
  };
}

import type { Frame, ModelName } from '../../../src/index.ts';
import type { EngineName, SegmentationName, Tracker } from '../../../src/tracking/tracker.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import { createTrackedFrame } from '../../../src/tracking/tracker.ts';
import type { Tracking } from './contestant.ts';
import { MainThreadClock } from './main-thread-clock.ts';
import type { FrameKind } from './stored-frames.ts';

export interface Ours extends Tracking {
  readonly tracker: Tracker;
  /** Milliseconds for which the last step kept the page's thread busy. */
  busyMs(): number;
}

/** This project's tracker. */
export const createOurs = async (engine: EngineName, model: ModelName, kind: FrameKind, segmentation?: SegmentationName): Promise<Ours> => {
  const clock = new MainThreadClock();
  const tracker = await clock.watchWorkers(async () => {
    const created = await createTracker({ engine, model, segmentation });
    await created.load({ assets: '/assets/' });
    return created;
  });
  const frame: Frame = { image: null, width: 0, height: 0, timeMs: 0 };
  const tracked = createTrackedFrame();
  return {
    tracker,
    input: kind,
    async step(stored, atMs) {
      frame.image = await stored.take(kind);
      frame.width = stored.width;
      frame.height = stored.height;
      frame.timeMs = atMs;
      clock.read();
      const start = performance.now();
      clock.open();
      const tracking = tracker.track(frame, tracked);
      clock.close();
      await tracking;
      clock.close();
      const ms = performance.now() - start;
      (frame.image as Frame['image'])?.close();
      return ms;
    },
    reset: () => tracker.reset(),
    busyMs: () => clock.read(),
    pose: () => (tracked.score > 0 ? tracked.landmarks.map(({ x, y, visibility }) => ({ x, y, visibility })) : null),
    mask: () => tracked.mask,
  };
};

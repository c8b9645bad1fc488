import type { EngineName, Frame, ModelName, TrackedFrame, Tracker, TrackerLoadOptions } from '../../../src/index.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';

/** A copy that stays as it is when the next frame comes. */
export function copyTracked(tracked: TrackedFrame): TrackedFrame {
  return {
    ...tracked,
    landmarks: tracked.landmarks.map((landmark) => ({ ...landmark })),
    worldLandmarks: tracked.worldLandmarks.map((landmark) => ({ ...landmark })),
    mask: tracked.mask && { width: tracked.mask.width, height: tracked.mask.height, data: tracked.mask.data.slice() },
  };
}

/** This project's tracker, loaded once for any number of rooms, which neither load nor close it. */
export class SharedTracker implements Tracker {
  readonly #inner: Tracker;

  private constructor(inner: Tracker) {
    this.#inner = inner;
  }

  static async open(engine: EngineName, model: Exclude<ModelName, 'auto'>): Promise<SharedTracker> {
    const inner = await createTracker({ engine, model });
    await inner.load({ assets: '/assets/' });
    return new SharedTracker(inner);
  }

  get engine(): Tracker['engine'] {
    return this.#inner.engine;
  }

  get model(): Tracker['model'] {
    return this.#inner.model;
  }

  async load(): Promise<void> {}

  track(frame: Frame, target: TrackedFrame): Promise<void> {
    return this.#inner.track(frame, target);
  }

  reset(): void {
    this.#inner.reset();
  }

  close(): void {}
}

/** A tracker that knows: `tell` writes landmarks and mask of a frame. */
export function createKnowingTracker(tell: (frame: Frame, target: TrackedFrame) => void): Tracker {
  return {
    engine: 'wasm',
    model: 'full',
    load: async (_options: TrackerLoadOptions) => {},
    async track(frame, target) {
      target.score = 1;
      tell(frame, target);
    },
    reset() {},
    close() {},
  };
}

import type {
  EngineName,
  Frame,
  Landmark,
  ModelName,
  Tracked,
  TrackedFrame,
  Tracker,
  TrackerLoadOptions,
} from '../../../src/index.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';

function toArray(landmarks: readonly Landmark[]): Float32Array {
  return Float32Array.from(landmarks.flatMap(({ x, y, z, visibility }) => [x, y, z, visibility]));
}

/** What a page reads, as the tracker wrote it: a copy that keeps its values when the next frame comes. */
export function copyTracked(tracked: Tracked): TrackedFrame {
  return {
    ...tracked,
    landmarks: toArray(tracked.landmarks),
    worldLandmarks: toArray(tracked.worldLandmarks),
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

  track(frame: Frame, target: TrackedFrame): ReturnType<Tracker['track']> {
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
    measuresDepth: true,
    load: async (_options: TrackerLoadOptions) => {},
    async track(frame, target) {
      target.score = 1;
      tell(frame, target);
      return 'tracked';
    },
    reset() {},
    close() {},
  };
}

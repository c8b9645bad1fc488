import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { QualityKeeper } from './quality-keeper.ts';

type Model = Tracker['model'];

/** A tracker whose change of the model ends when the test calls `settle`. */
function createTracker(
  model: Model,
): Tracker & { wishes: Model[]; settle: (error?: Error) => Promise<void>; engine: Tracker['engine']; model: Model } {
  let finish: (error?: Error) => void = () => {};
  const tracker: ReturnType<typeof createTracker> = {
    engine: 'wasm',
    model,
    wishes: [],
    load: async () => {},
    track: async () => {},
    useModel: (wish) => {
      tracker.wishes.push(wish);
      return new Promise<void>((resolve, reject) => {
        finish = (error) => {
          if (error) return reject(error);
          tracker.model = wish;
          resolve();
        };
      });
    },
    reset() {},
    close() {},
    async settle(error) {
      finish(error);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
  return tracker;
}

function open(model: Model, { live = true, isModelFree = true, tracker = createTracker(model) } = {}) {
  const scales: number[] = [];
  const garments = { hangs: false };
  const abort = new AbortController();
  const source: FrameSource = { width: 4, height: 3, live, next: async () => null, close() {} };
  const keeper = new QualityKeeper({
    tracker,
    stage: { setScale: (scale) => void scales.push(scale) },
    garments,
    source,
    isModelFree,
    signal: abort.signal,
  });
  let timeMs = 0;
  /** Adds frames with these times for some seconds. */
  const frames = (seconds: number, trackingMs: number, drawingMs: number): void => {
    for (const end = timeMs + 1000 * seconds; timeMs < end; timeMs += Math.max(100 / 3, trackingMs, drawingMs))
      keeper.add(timeMs, trackingMs, drawingMs);
  };
  return { keeper, tracker, scales, garments, source, abort, frames };
}

describe('QualityKeeper', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}));
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('asks the tracker once for full, and changes nothing until it is loaded', async () => {
    const { keeper, tracker, scales, frames } = open('lite');
    await keeper.ready();
    frames(10, 12, 6);
    expect(tracker.wishes).toEqual(['full']);
    // Frames that are slow while the new model loads were tracked with the old one.
    frames(5, 90, 90);
    expect([tracker.wishes, scales]).toEqual([['full'], [1, 1]]);
    await tracker.settle();
    frames(5, 30, 6);
    expect(tracker.wishes).toEqual(['full']);
    frames(3, 50, 6);
    expect(tracker.wishes).toEqual(['full', 'lite']);
  });

  it('after a failure full is not asked for again; the scale still follows slow frames', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { keeper, tracker, scales, frames } = open('lite');
    await keeper.ready();
    frames(10, 12, 6);
    await tracker.settle(new Error('no network'));
    frames(600, 12, 6);
    expect(tracker.wishes).toEqual(['full']);
    expect(warn).toHaveBeenCalledOnce();
    frames(10, 12, 100);
    expect(scales.at(-1)).toBe(0.5);
  });

  it('does not load full when the browser saves data, unless it was in use before', async () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    const first = open('lite');
    await first.keeper.ready();
    first.frames(600, 12, 6);
    expect(first.tracker.wishes).toEqual([]);
    const second = open('full');
    await second.keeper.ready();
    second.frames(3, 50, 6);
    await second.tracker.settle();
    second.frames(30, 12, 6);
    expect(second.tracker.wishes).toEqual(['lite', 'full']);
  });

  it('after a change of the engine it starts anew with the model of that engine', async () => {
    const { keeper, tracker, scales, frames } = open('full');
    await keeper.ready();
    frames(5, 12, 100);
    expect(scales.at(-1)).toBe(0.5);
    tracker.engine = 'mediapipe';
    frames(0.1, 12, 30);
    expect(scales.at(-1)).toBe(1);
    tracker.model = 'lite';
    frames(10, 12, 6);
    expect(tracker.wishes).toEqual(['full']);
  });

  it('keeps a model that the page has set, and that of a tracker that cannot change it', async () => {
    const fixed = open('full', { isModelFree: false });
    const unable = open('full', { tracker: Object.assign(createTracker('full'), { useModel: undefined }) });
    for (const { keeper, tracker, scales, frames } of [fixed, unable]) {
      await keeper.ready();
      frames(5, 90, 90);
      expect([tracker.wishes, scales.at(-1)]).toEqual([[], 0.5]);
    }
  });

  it('cloth hangs at the first, not at the smallest scale, and again above it', async () => {
    const { keeper, scales, garments, frames } = open('full', { isModelFree: false });
    await keeper.ready();
    expect([scales.at(-1), garments.hangs]).toEqual([1, true]);
    const seen = new Set<string>();
    for (let n = 0; n < 100 && scales.at(-1) !== 0.5; n++) {
      seen.add(`${scales.at(-1)} ${garments.hangs}`);
      frames(0.2, 12, 90);
    }
    expect(garments.hangs).toBe(false);
    for (let n = 0; n < 200 && scales.at(-1) === 0.5; n++) frames(0.2, 12, 5);
    expect([scales.at(-1), garments.hangs]).toEqual([0.75, true]);
    expect([...seen]).toEqual(['1 true', '0.75 true']);
  });

  it('a source that is not live gets full, scale 1 and cloth that hangs, at any speed', async () => {
    const { keeper, tracker, scales, garments, frames, source } = open('lite', { live: false });
    expect(keeper.source).toBe(source);
    const ready = keeper.ready();
    expect(tracker.wishes).toEqual(['full']);
    await tracker.settle();
    await ready;
    frames(20, 300, 300);
    expect([tracker.wishes, scales, garments.hangs]).toEqual([['full'], [1], true]);
  });

  it('a source that is not live keeps its model when full cannot be loaded; stop ends the wait', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const failing = open('lite', { live: false });
    const ready = failing.keeper.ready();
    await failing.tracker.settle(new Error('no network'));
    await ready;
    expect(warn).toHaveBeenCalledOnce();
    const left = open('lite', { live: false });
    const waiting = left.keeper.ready();
    left.abort.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { QualityKeeper } from './quality-keeper.ts';

type Model = Tracker['model'];

/** A tracker that has another model when the test says so. */
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
  const abort = new AbortController();
  const source: FrameSource = { width: 4, height: 3, live, next: async () => null, close() {} };
  const keeper = new QualityKeeper({
    tracker,
    stage: { setScale: (scale) => void scales.push(scale) },
    source,
    isModelFree,
    signal: abort.signal,
  });
  let timeMs = 0;
  /** Frames for so many seconds, each so slow. */
  const frames = (seconds: number, trackingMs: number, drawingMs: number): void => {
    for (const end = timeMs + 1000 * seconds; timeMs < end; timeMs += Math.max(100 / 3, trackingMs, drawingMs))
      keeper.add(timeMs, trackingMs, drawingMs);
  };
  return { keeper, tracker, scales, source, abort, frames };
}

describe('QualityKeeper', () => {
  beforeEach(() => vi.stubGlobal('navigator', {}));
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('asks the tracker once for full, and judges nothing until that is there', async () => {
    const { keeper, tracker, scales, frames } = open('lite');
    await keeper.ready();
    frames(10, 12, 6);
    expect(tracker.wishes).toEqual(['full']);
    // Slow while it loads: of the old model, and no reason for anything.
    frames(5, 90, 90);
    expect([tracker.wishes, scales]).toEqual([['full'], [1, 1]]);
    await tracker.settle();
    frames(5, 30, 6);
    expect(tracker.wishes).toEqual(['full']);
    frames(3, 50, 6);
    expect(tracker.wishes).toEqual(['full', 'lite']);
  });

  it('a full that cannot be had is not asked for again; the picture is still kept to what is slow', async () => {
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

  it('leaves full alone where the shopper saves data, unless it is there already', async () => {
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

  it('another engine begins anew with the model that it has', async () => {
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

  it('a model that the page has settled, or a tracker that cannot change it, is left alone', async () => {
    const fixed = open('full', { isModelFree: false });
    const unable = open('full', { tracker: Object.assign(createTracker('full'), { useModel: undefined }) });
    for (const { keeper, tracker, scales, frames } of [fixed, unable]) {
      await keeper.ready();
      frames(5, 90, 90);
      expect([tracker.wishes, scales.at(-1)]).toEqual([[], 0.5]);
    }
  });

  it('what is not live gets full and the whole picture, however long it takes', async () => {
    const { keeper, tracker, scales, frames, source } = open('lite', { live: false });
    expect(keeper.source).toBe(source);
    const ready = keeper.ready();
    expect(tracker.wishes).toEqual(['full']);
    await tracker.settle();
    await ready;
    frames(20, 300, 300);
    expect([tracker.wishes, scales]).toEqual([['full'], [1]]);
  });

  it('what is not live goes on with the model there is when full cannot be had, and ends its wait when it is left', async () => {
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

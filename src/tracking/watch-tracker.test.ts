import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { createTrackedFrame } from './create-tracked-frame.ts';
import { StubTracker } from './stub-tracker.test-helper.ts';
import { watchTracker } from './watch-tracker.ts';

function frameAt(timeMs: number): Frame {
  return { image: {} as ImageBitmap, width: 4, height: 3, timeMs };
}

/** Makes each frame take `ms` milliseconds longer. */
function slowDown(stub: StubTracker, ms: number): void {
  const track = StubTracker.prototype.track.bind(stub);
  stub.track = async (frame, target) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await track(frame, target);
  };
}

function open() {
  const stub = new StubTracker();
  const tracker = watchTracker(stub);
  const target = createTrackedFrame();
  let time = 0;
  /** Tracks a frame; resolves to the seconds until it settled, and to its end. */
  const measure = async (work = tracker.track(frameAt(time++), target)): Promise<[number, string]> => {
    const start = performance.now();
    let end = '';
    work.then(
      () => (end = 'done'),
      (cause: { code: string; message: string }) => (end = `${cause.code}: ${cause.message}`),
    );
    for (let i = 0; i < 400 && end === ''; i++) await vi.advanceTimersByTimeAsync(250);
    return [(performance.now() - start) / 1000, end];
  };
  return { stub, tracker, measure };
}

describe('watchTracker', () => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
      }),
  );
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('passes on the result, and an error as it is', async () => {
    const { stub, measure } = open();
    expect((await measure())[1]).toBe('done');
    expect(stub.seen).toEqual([0]);
    stub.tracking = 'fail';
    expect((await measure())[1]).toBe('engine-failed: on purpose');
  });

  it('the first frame may take 30 seconds; later a quick tracker hangs after 3 seconds', async () => {
    const { stub, measure } = open();
    slowDown(stub, 25_000);
    expect((await measure())[1]).toBe('done');
    slowDown(stub, 40);
    for (let i = 0; i < 15; i++) await measure();
    stub.track = () => new Promise(() => undefined);
    const [passed, end] = await measure();
    expect(end).toMatch(/^engine-failed: .*3 seconds/);
    expect(passed).toBeGreaterThan(1.9);
    expect(passed).toBeLessThan(3.5);
  });

  it('a first frame that never settles is rejected after 30 seconds', async () => {
    const { stub, measure } = open();
    stub.tracking = 'hang';
    const [passed, end] = await measure();
    expect(end).toMatch(/^engine-failed/);
    expect(passed).toBeGreaterThan(28);
    expect(passed).toBeLessThan(31);
  });

  it('a slow tracker has a longer limit, at most 10 seconds', async () => {
    for (const [usualMs, expected] of [
      [200, 6],
      [2000, 10],
    ]) {
      const { stub, measure } = open();
      slowDown(stub, usualMs);
      for (let i = 0; i < 15; i++) await measure();
      stub.track = () => new Promise(() => undefined);
      const [passed] = await measure();
      expect(passed).toBeGreaterThan(expected - 1.5);
      expect(passed).toBeLessThan(expected + 1.5);
    }
  });

  it('a busy or sleeping page is not taken for a hang: time counts in ticks', async () => {
    const { stub, measure, tracker } = open();
    for (let i = 0; i < 15; i++) await measure();
    let answer = (): void => {};
    stub.track = () => new Promise((resolve) => (answer = resolve));
    const tracking = tracker.track(frameAt(9), createTrackedFrame());
    // An hour passes by every clock, in which no timer fires; after it they fire once.
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 3_600_000);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(1000);
    answer();
    await expect(tracking).resolves.toBe('tracked');
  });

  it('a load is rejected after 30 seconds without progress, not before', async () => {
    const { stub, tracker, measure } = open();
    let progress: ((loaded: number, total: number) => void) | undefined;
    stub.load = ({ onProgress }) => {
      progress = onProgress;
      return new Promise(() => undefined);
    };
    const bytes: number[][] = [];
    const loading = tracker.load({ assets: '/assets/', onProgress: (...report) => bytes.push(report) });
    let failed = false;
    loading.catch(() => (failed = true));
    for (let i = 0; i < 5; i++) {
      await vi.advanceTimersByTimeAsync(20_000);
      progress?.(i, 9);
    }
    expect([failed, bytes.length]).toEqual([false, 5]);
    const [passed, end] = await measure(loading);
    expect(end).toMatch(/^engine-failed/);
    expect(passed).toBeGreaterThan(28);
    expect(passed).toBeLessThan(31);
  });

  it('during a change of the model, and right after, the limit is 10 seconds', async () => {
    const { stub, tracker, measure } = open();
    slowDown(stub, 40);
    for (let i = 0; i < 15; i++) await measure();
    let change = (): void => {};
    stub.useModel = () => new Promise((resolve) => (change = resolve));
    const changing = tracker.useModel?.('heavy');
    slowDown(stub, 7000);
    expect((await measure())[1]).toBe('done');
    slowDown(stub, 40);
    for (let i = 0; i < 30; i++) await measure();
    change();
    await changing;
    slowDown(stub, 7000);
    expect((await measure())[1]).toBe('done');
    slowDown(stub, 40);
    for (let i = 0; i < 30; i++) await measure();
    slowDown(stub, 7000);
    expect((await measure())[1]).toMatch(/^engine-failed/);
  });

  it('has no useModel when the tracker has none', () => {
    const { tracker } = open();
    expect(tracker.useModel).toBeTypeOf('function');
    expect(
      watchTracker({ ...open().stub, engine: 'wasm', model: 'lite', useModel: undefined } as unknown as StubTracker)
        .useModel,
    ).toBe(undefined);
  });

  it('close() rejects the pending call and leaves no timer', async () => {
    const { stub, tracker } = open();
    stub.track = () => new Promise(() => undefined);
    const tracking = tracker.track(frameAt(0), createTrackedFrame());
    tracking.catch(() => undefined);
    tracker.close();
    await expect(tracking).rejects.toMatchObject({ code: 'engine-failed' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('an idle tracker has no timer', async () => {
    const { measure } = open();
    await measure();
    await vi.advanceTimersByTimeAsync(2000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('passes on the outcome and `measuresDepth`; undefined counts as tracked', async () => {
    const { stub, tracker } = open();
    expect(tracker.measuresDepth).toBe(undefined);
    Object.assign(stub, { measuresDepth: true });
    expect(tracker.measuresDepth).toBe(true);
    for (const [answer, outcome] of [
      ['lost', 'lost'],
      ['tracked', 'tracked'],
      [undefined, 'tracked'],
    ] as const) {
      Object.assign(stub, { track: async () => answer });
      expect(await tracker.track(frameAt(0), createTrackedFrame())).toBe(outcome);
    }
  });
});

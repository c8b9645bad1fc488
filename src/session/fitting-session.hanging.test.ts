import { afterEach, describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { createFailoverTracker } from '../tracking/failover-tracker.ts';
import {
  createStubs,
  createStubTracker,
  open,
  Picture,
  StubSource,
  settings,
  until,
} from './open-session.test-helper.ts';

describe('FittingSession: parts that never answer', () => {
  afterEach(() => vi.useRealTimers());
  const never = (): Promise<never> => new Promise(() => undefined);
  const fakeTime = (): void =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });

  it('track() never settles: after stop() the next start makes a new tracker and runs', async () => {
    const stubs = createStubs();
    const trackers: ReturnType<typeof createStubTracker>[] = [];
    stubs.stages.createTracker = async () => {
      const tracker = createStubTracker();
      if (trackers.length === 0) tracker.track = never;
      trackers.push(tracker);
      return tracker;
    };
    const { session } = open({}, stubs);
    const started = session.start();
    await until(() => session.state.status === 'searching');
    session.stop();
    await started;
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(trackers.map(({ closed }) => closed)).toEqual([true, false]);
    session.dispose();
  });

  it('next() never settles: after stop() another source runs with the same tracker; a late image is closed', async () => {
    const source = new StubSource();
    let give = (): void => {};
    const late = new Picture();
    source.next = (target) =>
      new Promise(
        (resolve) =>
          (give = () => {
            target.image = late as unknown as ImageBitmap;
            resolve(target);
          }),
      );
    const { session, tracker } = open({ source });
    void session.start();
    await until(() => session.state.status === 'searching');
    session.stop();
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect([tracker.loads, tracker.closed]).toEqual([1, false]);
    give();
    await until(() => late.closed);
    session.dispose();
  });

  /** Advances the fake time until `drawn` has this many frames. */
  const untilDrawn = async (drawn: readonly unknown[], count: number): Promise<void> => {
    for (let i = 0; i < 1000 && drawn.length < count; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(drawn.length).toBeGreaterThanOrEqual(count);
  };

  it('an engine that stops answering is replaced: its frame is skipped, no error is reported', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const stubs = createStubs();
    const trackers: ReturnType<typeof createStubTracker>[] = [];
    stubs.stages.createTracker = async () =>
      createFailoverTracker({
        engines: ['wasm'],
        model: 'full',
        create: async () => {
          const tracker = createStubTracker();
          const track = tracker.track.bind(tracker);
          if (trackers.length === 0) {
            tracker.track = (frame, target) => {
              if (frame.timeMs < 20 * 33) return track(frame, target);
              frame.image = null;
              return never();
            };
          }
          trackers.push(tracker);
          return tracker;
        },
      });
    fakeTime();
    const source = new StubSource(40);
    const { session, drawn, errors, statuses } = open({ source }, stubs);
    await session.start();
    await untilDrawn(drawn, 20);
    await vi.advanceTimersByTimeAsync(4000);
    await untilDrawn(drawn, 39);
    expect(drawn.map(({ frame }) => frame)).toEqual(Array.from({ length: 39 }, (_, i) => i));
    expect(drawn.map(({ timeMs }) => timeMs / 33)).toEqual(
      Array.from({ length: 40 }, (_, i) => i).filter((i) => i !== 20),
    );
    expect(drawn.every(({ open }) => open)).toBe(true);
    expect([errors, statuses]).toEqual([[], ['loading', 'searching', 'tracking']]);
    expect(warn).toHaveBeenCalledOnce();
    expect(session.metrics.fps).toBeGreaterThan(0);
    session.dispose();
    expect(trackers.map(({ closed }) => closed)).toEqual([true, true]);
    warn.mockRestore();
  });

  it('stopped while its engine is replaced: both trackers are closed, and the next start makes a new one', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const stubs = createStubs();
    const trackers: ReturnType<typeof createStubTracker>[] = [];
    stubs.stages.createTracker = async () =>
      createFailoverTracker({
        engines: ['wasm'],
        model: 'full',
        create: async () => {
          const tracker = createStubTracker();
          if (trackers.length === 0)
            tracker.track = async () => Promise.reject(new FittingError('engine-failed', 'on purpose'));
          if (trackers.length === 1) tracker.load = never;
          trackers.push(tracker);
          return tracker;
        },
      });
    const { session } = open({}, stubs);
    const started = session.start();
    await until(() => trackers.length === 2);
    session.stop();
    await started;
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(trackers.map(({ closed }) => closed)).toEqual([true, true, false]);
    session.dispose();
    warn.mockRestore();
  });

  it('a tracker of the page that keeps a frame is engine-failed, and is not closed', async () => {
    const tracker = createStubTracker();
    const track = tracker.track.bind(tracker);
    tracker.track = (frame, target) => (frame.timeMs < 20 * 33 ? track(frame, target) : never());
    fakeTime();
    const { session, drawn, errors } = open({ tracker });
    await session.start();
    await untilDrawn(drawn, 20);
    await vi.advanceTimersByTimeAsync(1500);
    expect([drawn.length, errors]).toEqual([20, []]);
    await vi.advanceTimersByTimeAsync(3500);
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'engine-failed' } });
    expect(tracker.closed).toBe(false);
    vi.useRealTimers();
    tracker.track = track;
    session.configure(settings({ tracker, source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.dispose();
  });

  it('a tracker of the page that does not load within half a minute is engine-failed', async () => {
    const tracker = createStubTracker();
    tracker.load = never;
    fakeTime();
    const { session } = open({ tracker });
    const started = session.start();
    await vi.advanceTimersByTimeAsync(28_000);
    expect(session.state.status).toBe('loading');
    await vi.advanceTimersByTimeAsync(3000);
    await started;
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'engine-failed' } });
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { createFailoverTracker } from '../tracking/failover-tracker.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { watchTracker } from '../tracking/watch-tracker.ts';
import { FittingRun } from './fitting-run.ts';
import { FittingSession, type SessionHooks } from './fitting-session.ts';
import type { Stages } from './load-stages.ts';
import type { FittingSettings } from './settings.ts';
import type { FrameSolverOptions } from './solve-frame.ts';
import type { FittingStatus } from './state.ts';

/** An image that knows whether it was closed. */
class Picture {
  closed = false;
  close(): void {
    this.closed = true;
  }
}

class StubSource implements FrameSource {
  readonly width = 4;
  readonly height = 3;
  readonly live = false;
  closed = false;
  given = 0;
  readonly pictures: Picture[] = [];
  readonly #count: number;
  constructor(count = Infinity) {
    this.#count = count;
  }
  async next(target: Frame): Promise<Frame | null> {
    if (this.closed || this.given >= this.#count) return null;
    const picture = new Picture();
    this.pictures.push(picture);
    target.image = picture as unknown as ImageBitmap;
    target.width = 4;
    target.height = 3;
    target.timeMs = this.given++ * 33;
    return target;
  }
  close(): void {
    this.closed = true;
  }
}

function createStubTracker(
  found: (timeMs: number) => boolean = () => true,
): Tracker & { closed: boolean; loads: number; sent: number[] } {
  return {
    engine: 'wasm',
    model: 'full',
    closed: false,
    loads: 0,
    sent: [],
    async load({ onProgress }) {
      this.loads++;
      onProgress?.(50, 100);
      onProgress?.(100, 100);
    },
    async track(frame, target) {
      this.sent.push(frame.timeMs);
      const { image } = frame;
      frame.image = null;
      await Promise.resolve();
      frame.image = image;
      target.score = found(frame.timeMs) ? 1 : 0;
    },
    reset() {},
    close() {
      this.closed = true;
    },
  };
}

function garment(url: string, layer = 1): object {
  return {
    url,
    manifest: {
      kind: 'top',
      layer,
      sizes: { S: {}, M: {}, L: {} },
      baseSize: 'M',
      fabric: { stretch: 5, weight: 200 },
    },
    parts: [],
    colors: ['ecru', 'olive'],
    warnings: [],
    dispose: vi.fn(),
  };
}

/** Everything beside the session, made simple; members may be replaced before the start. */
function createStubs() {
  const drawn: { timeMs: number; frame: number; open: boolean }[] = [];
  const stage = {
    canvas: {} as HTMLCanvasElement,
    worn: [] as readonly { id: string; size: string; color: string | null }[],
    redraws: 0,
    scale: NaN,
    setScale(scale: number) {
      this.scale = scale;
    },
    wear(worn: readonly { id: string; size: string; color: string | null }[]) {
      this.worn = worn;
    },
    draw(frame: Frame, tracked: { frame: number; timeMs: number }) {
      drawn.push({
        timeMs: tracked.timeMs,
        frame: tracked.frame,
        open: frame.timeMs === tracked.timeMs && frame.image !== null && !(frame.image as unknown as Picture).closed,
      });
    },
    redraw() {
      this.redraws++;
    },
    snapshot: async () => new Blob(),
    onContextChange: null as ((lost: boolean) => void) | null,
    disposed: false,
    dispose() {
      this.disposed = true;
    },
  };
  const tracker = createStubTracker();
  const stages = {
    createFrameSolver: ({ garments }: Pick<FrameSolverOptions, 'garments'>) => ({
      body: {
        solve: (tracked: { score: number }, target: { found: boolean }) => {
          target.found = tracked.score > 0;
        },
        setStature: vi.fn(),
        reset: vi.fn(),
      },
      garments,
      isLive: false,
      previousTimeMs: NaN,
    }),
    createPosedBody,
    createTracker: async (_choice?: { model: string }): Promise<Tracker> => tracker,
    watchTracker,
    FittingRun,
    createStage: () => stage,
    loadMannequin: async () => ({}),
    createOutfit: () => ({ wear() {}, fit: () => false }),
    loadGarment: async (url: string) => {
      if (url.includes('broken')) throw new FittingError('garment-invalid', `${url}: broken`);
      return garment(url, url.includes('coat') ? 3 : 1);
    },
    createGarmentFit: () => ({ positions: [], normals: [], version: 0 }),
    openSource: async (value: unknown): Promise<FrameSource> => value as FrameSource,
    describeBody: () => ({}),
    measureBody: () => ({}),
  };
  return { stages, stage, tracker, drawn };
}

function request(id: string, more: object = {}) {
  return { id, src: `https://shop.test/${id}.glb`, color: null, size: null, ...more };
}

function settings(change: Partial<FittingSettings> = {}): FittingSettings {
  const garments = change.garments ?? [request('tee')];
  return {
    source: new StubSource(),
    facing: 'user',
    engine: 'auto',
    model: 'auto',
    segmentation: 'pose',
    tracker: null,
    assets: 'https://shop.test/assets/',
    stature: null,
    garments,
    sources: new Set(garments.map(({ src }) => src)),
    ...change,
  };
}

function open(change: Partial<FittingSettings> = {}, stubs = createStubs()) {
  const statuses: FittingStatus[] = [];
  const errors: string[] = [];
  const bytes: number[] = [];
  const hooks: SessionHooks = {
    onChange: () => {
      if (statuses.at(-1) !== session.state.status) statuses.push(session.state.status);
    },
    onTrack: vi.fn(),
    onError: ({ code }) => errors.push(code),
    onProgress: (loaded) => bytes.push(loaded),
  };
  const session: FittingSession = new FittingSession(
    settings(change),
    hooks,
    async () => stubs.stages as unknown as Stages,
  );
  return { session, statuses, errors, bytes, hooks, ...stubs };
}

function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(condition()).toBe(true), { timeout: 2000, interval: 2 });
}

describe('FittingSession', () => {
  it('goes from idle through loading and searching to tracking, with a new frozen state each time', async () => {
    const { session, statuses, bytes } = open();
    const first = session.state;
    expect(first.status).toBe('idle');
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(statuses).toEqual(['loading', 'searching', 'tracking']);
    expect(session.state).toMatchObject({
      engine: 'wasm',
      model: 'full',
      garment: 'tee',
      size: 'M',
      error: null,
      progress: 1,
    });
    expect(Object.isFrozen(session.state)).toBe(true);
    expect(first.status).toBe('idle');
    expect(bytes).toEqual([50, 100]);
    session.dispose();
  });

  it('loads nothing before the start', async () => {
    const stubs = createStubs();
    const load = vi.fn(async () => stubs.stages as unknown as Stages);
    const session = new FittingSession(
      settings(),
      { onChange() {}, onTrack() {}, onError() {}, onProgress() {} },
      load,
    );
    session.configure(settings());
    expect(load).not.toHaveBeenCalled();
    await session.start();
    expect(load).toHaveBeenCalledOnce();
    session.dispose();
  });

  it('asks for the camera only when all is loaded', async () => {
    const { session, statuses } = open(
      { source: 'camera' },
      (() => {
        const stubs = createStubs();
        stubs.stages.openSource = async () => new StubSource();
        return stubs;
      })(),
    );
    await session.start();
    expect(statuses.slice(0, 3)).toEqual(['loading', 'asking', 'searching']);
    session.dispose();
  });

  it('tracks and draws every frame of a source that waits, in order, each with its own picture, and closes all', async () => {
    const source = new StubSource(20);
    const { session, drawn, tracker, hooks } = open({ source });
    await session.start();
    await until(() => drawn.length === 20);
    expect(drawn.map(({ frame }) => frame)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(drawn.every(({ open }) => open)).toBe(true);
    expect(tracker.sent).toEqual(drawn.map(({ timeMs }) => timeMs));
    expect(hooks.onTrack).toHaveBeenCalledTimes(20);
    await until(() => source.pictures.every(({ closed }) => closed));
    // The last picture stays, and a change of size shows in it.
    session.configure(settings({ source, garments: [request('tee', { size: 'L' })] }));
    await until(() => session.state.size === 'L');
    expect(session.state.status).toBe('tracking');
    session.dispose();
  });

  it('sends frame n + 1 to the tracker before it draws frame n', async () => {
    const { session, drawn, tracker, stage } = open({ source: new StubSource(5) });
    const sentWhenDrawn: number[] = [];
    const draw = stage.draw.bind(stage);
    stage.draw = (frame, tracked) => {
      sentWhenDrawn.push(tracker.sent.length);
      draw(frame, tracked);
    };
    await session.start();
    await until(() => drawn.length === 5);
    expect(sentWhenDrawn).toEqual([2, 3, 4, 5, 5]);
    session.dispose();
  });

  it('says searching once nobody has been seen for a while, and tracking when somebody is back', async () => {
    const stubs = createStubs();
    const tracker = createStubTracker((timeMs) => timeMs < 330 || timeMs > 1500);
    stubs.stages.createTracker = async () => tracker;
    const { session, statuses, drawn } = open({ source: new StubSource(60) }, stubs);
    await session.start();
    await until(() => drawn.length === 60);
    expect(statuses).toEqual(['loading', 'searching', 'tracking', 'searching', 'tracking']);
    session.dispose();
  });

  it('pauses without giving the source back, and resumes', async () => {
    const source = new StubSource();
    const { session, drawn } = open({ source });
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.pause();
    expect(session.state.status).toBe('paused');
    const count = drawn.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(drawn.length).toBe(count);
    expect(source.closed).toBe(false);
    await session.start();
    expect(session.state.status).toBe('tracking');
    await until(() => drawn.length > count + 3);
    expect(drawn.map(({ frame }) => frame)).toEqual(drawn.map((_, i) => i));
    session.dispose();
  });

  it('stop gives the source back at once and keeps what was loaded', async () => {
    const first = new StubSource();
    const { session, tracker } = open({ source: first });
    await session.start();
    session.stop();
    expect(first.closed).toBe(true);
    await until(() => first.pictures.every(({ closed }) => closed));
    expect(session.state).toMatchObject({ status: 'idle', error: null });
    expect(session.tracked).toBe(null);
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(tracker.loads).toBe(1);
    session.dispose();
    expect(tracker.closed).toBe(true);
  });

  it('a newer start supersedes the older: only the newer source runs', async () => {
    const older = new StubSource();
    const newer = new StubSource();
    const { session, drawn } = open({ source: older });
    const first = session.start();
    session.configure(settings({ source: newer }));
    await Promise.all([first, session.start()]);
    await until(() => drawn.length > 5);
    expect(older.given).toBe(0);
    expect(newer.given).toBeGreaterThan(5);
    session.dispose();
    expect(newer.closed).toBe(true);
  });

  it('another source while running begins anew and closes the old one', async () => {
    const older = new StubSource();
    const { session, statuses } = open({ source: older });
    await session.start();
    await until(() => session.state.status === 'tracking');
    const newer = new StubSource();
    session.configure(settings({ source: newer }));
    expect(older.closed).toBe(true);
    await session.start();
    await until(() => newer.given > 2 && session.state.status === 'tracking');
    expect(statuses).toEqual(['loading', 'searching', 'tracking', 'loading', 'searching', 'tracking']);
    session.dispose();
  });

  it('gives a camera back that is allowed after the session was left', async () => {
    const stubs = createStubs();
    const late = new StubSource();
    let allow = (): void => {};
    stubs.stages.openSource = () => new Promise((resolve) => (allow = () => resolve(late)));
    const { session } = open({ source: 'camera' }, stubs);
    const started = session.start();
    await until(() => session.state.status === 'asking');
    session.dispose();
    await started;
    expect(session.state.status).toBe('idle');
    allow();
    await until(() => late.closed);
    expect(late.given).toBe(0);
  });

  for (const code of [
    'camera-denied',
    'camera-missing',
    'camera-busy',
    'insecure-context',
    'source-unreadable',
  ] as const) {
    it(`${code}: ends in error, start() resolves, and trying again works`, async () => {
      const stubs = createStubs();
      let attempts = 0;
      stubs.stages.openSource = async () => {
        if (attempts++ === 0) throw new FittingError(code, 'on purpose');
        return new StubSource();
      };
      const { session, errors, tracker } = open({ source: 'camera' }, stubs);
      await session.start();
      expect(session.state).toMatchObject({ status: 'error', error: { code } });
      expect(errors).toEqual([code]);
      await session.start();
      await until(() => session.state.status === 'tracking');
      expect(session.state.error).toBe(null);
      expect(tracker.loads).toBe(1);
      session.dispose();
    });
  }

  it('camera-lost in mid-run: closes the source and says so', async () => {
    const source = new StubSource();
    const next = source.next.bind(source);
    source.next = async (target) => {
      if (source.given > 3) throw new FittingError('camera-lost', 'on purpose');
      return next(target);
    };
    const { session, errors } = open({ source });
    await session.start();
    await until(() => session.state.status === 'error');
    expect(errors).toEqual(['camera-lost']);
    expect(source.closed).toBe(true);
  });

  it('engine-failed: whatever a frame throws is wrapped, and the next start makes a new tracker', async () => {
    const stubs = createStubs();
    const trackers: ReturnType<typeof createStubTracker>[] = [];
    stubs.stages.createTracker = async () => {
      const tracker = createStubTracker();
      if (trackers.length === 0) tracker.track = async () => Promise.reject(new Error('broken on purpose'));
      trackers.push(tracker);
      return tracker;
    };
    const { session } = open({}, stubs);
    await session.start();
    expect(session.state).toMatchObject({
      status: 'error',
      error: { code: 'engine-failed', message: 'broken on purpose' },
    });
    expect(trackers[0].closed).toBe(true);
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(trackers.length).toBe(2);
    session.dispose();
  });

  it('a tracker that cannot be loaded is closed, and the next start makes a new one', async () => {
    const stubs = createStubs();
    const trackers: ReturnType<typeof createStubTracker>[] = [];
    stubs.stages.createTracker = async () => {
      const tracker = createStubTracker();
      if (trackers.length === 0)
        tracker.load = () => Promise.reject(new FittingError('model-unreachable', 'on purpose'));
      trackers.push(tracker);
      return tracker;
    };
    const { session } = open({}, stubs);
    await session.start();
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'model-unreachable' } });
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(trackers.map(({ closed }) => closed)).toEqual([true, false]);
    session.dispose();
  });

  it('a failure to draw ends a live source that has no further picture yet', async () => {
    const { session, stage } = open();
    const source = new StubSource();
    let finish = (): void => {};
    Object.assign(source, {
      live: true,
      next: async (target: Frame) =>
        source.given === 0
          ? StubSource.prototype.next.call(source, target)
          : new Promise<null>((resolve) => (finish = () => resolve(null))),
      close: () => {
        source.closed = true;
        finish();
      },
    });
    stage.draw = () => {
      throw new Error('cannot draw');
    };
    session.configure(settings({ source }));
    await session.start();
    await until(() => session.state.status === 'error');
    expect(session.state.error).toMatchObject({ code: 'engine-failed', message: 'cannot draw' });
    expect(source.closed).toBe(true);
    await until(() => source.pictures.every(({ closed }) => closed));
  });

  it('garments changed while it loads are the ones worn', async () => {
    const source = new StubSource();
    const { session, stage } = open({ source });
    const started = session.start();
    session.configure(settings({ source, garments: [request('coat', { size: 'L' })] }));
    await started;
    await until(() => stage.worn.length === 1 && session.state.status === 'tracking');
    expect(stage.worn[0]).toMatchObject({ id: 'coat', size: 'L' });
    session.dispose();
  });

  it('model-unreachable: modules that do not load are said to be that', async () => {
    const onError = vi.fn();
    const session = new FittingSession(settings(), { onChange() {}, onTrack() {}, onError, onProgress() {} }, () =>
      Promise.reject(new TypeError('Failed to fetch')),
    );
    await session.start();
    expect(session.state.error?.code).toBe('model-unreachable');
    expect(onError).toHaveBeenCalledOnce();
  });

  it('one broken garment stops neither the camera nor the others, and is forgotten when taken off', async () => {
    const garments = [request('broken'), request('tee'), request('coat')];
    const source = new StubSource();
    const { session, errors, stage } = open({ garments, source });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(errors).toEqual(['garment-invalid']);
    expect(session.state.error?.code).toBe('garment-invalid');
    expect(stage.worn.map(({ id }) => id)).toEqual(['tee', 'coat']);
    expect(session.wardrobe.map(({ status }) => status)).toEqual(['failed', 'ready', 'ready']);
    session.configure(settings({ garments: garments.slice(1), source }));
    expect(session.state.error).toBe(null);
    expect(session.state.status).toBe('tracking');
    session.dispose();
  });

  it("the page's own tracker is loaded once, reset at each start and never closed", async () => {
    const tracker = createStubTracker();
    const { session } = open({ tracker });
    await session.start();
    session.dispose();
    session.configure(settings({ tracker, source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.dispose();
    expect(tracker.loads).toBe(1);
    expect(tracker.closed).toBe(false);
  });

  it('context-lost: stands still, says so, and goes on when the GPU is back', async () => {
    const { session, stage, drawn, errors } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    stage.onContextChange?.(true);
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'context-lost' } });
    expect(errors).toEqual(['context-lost']);
    const count = drawn.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn.length).toBe(count);
    stage.onContextChange?.(false);
    await until(() => session.state.status === 'tracking' && drawn.length > count + 2);
    expect(session.state.error).toBe(null);
    session.dispose();
    expect(stage.disposed).toBe(true);
  });

  it('context-lost: who tries again before the GPU is back gets a new stage', async () => {
    const { session, stage } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    stage.onContextChange?.(true);
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(stage.disposed).toBe(true);
    session.dispose();
  });

  describe('what hangs', () => {
    afterEach(() => vi.useRealTimers());
    const never = (): Promise<never> => new Promise(() => undefined);
    const fakeTime = (): void =>
      void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });

    it('a track that never settles: after stop() the next start makes a new tracker and runs', async () => {
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

    it('a source whose next() never settles: after stop() another one runs, with the same tracker, and a late image is closed', async () => {
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

    /** Runs until `drawn` holds so many frames, on fake time. */
    const untilDrawn = async (drawn: readonly unknown[], count: number): Promise<void> => {
      for (let i = 0; i < 1000 && drawn.length < count; i++) await new Promise((resolve) => setImmediate(resolve));
      expect(drawn.length).toBeGreaterThanOrEqual(count);
    };

    it('an engine that dies silently is replaced in mid-session: its frame is passed over, numbers run on, nobody hears of an error', async () => {
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

    it('left while its engine is replaced: both are closed, and the next start makes a new one', async () => {
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

    it("the page's own tracker that keeps a frame is engine-failed, and stays the page's", async () => {
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

    it("the page's own tracker that says nothing for half a minute while it loads is engine-failed", async () => {
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

  it('a garment whose src is no address is garment-invalid, with its id; the others go on', async () => {
    const { session, stage } = open({ garments: [request('tee'), request('bad', { src: 'http://[' })] });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(session.state.error).toMatchObject({
      code: 'garment-invalid',
      message: expect.stringContaining('"bad"') as unknown,
    });
    expect(stage.worn.map(({ id }) => id)).toEqual(['tee']);
    session.dispose();
  });

  it('garments that failed are fetched again at the next start, also while it runs, and say so again', async () => {
    const { session, errors, stages, stage } = open({ garments: [request('broken')] });
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(errors).toEqual(['garment-invalid']);
    await session.start();
    await until(() => errors.length === 2);
    session.stop();
    session.configure(settings({ source: new StubSource(), garments: [request('broken')] }));
    await session.start();
    expect(errors.length).toBe(3);
    stages.loadGarment = async (url) => garment(url);
    await session.start();
    await until(() => stage.worn.length === 1);
    expect(session.state.error).toBe(null);
    session.dispose();
  });

  it('a source that ends without a picture is source-unreadable', async () => {
    const { session, tracker } = open({ source: new StubSource(0) });
    await session.start();
    expect(session.state).toMatchObject({
      status: 'error',
      error: { code: 'source-unreadable', message: expect.stringContaining('no picture') as unknown },
    });
    expect(tracker.closed).toBe(false);
  });

  it('another facing begins anew for the camera only', async () => {
    const source = new StubSource();
    const { session, statuses } = open({ source });
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.configure(settings({ source, facing: 'environment' }));
    expect(source.closed).toBe(false);
    expect(statuses.filter((status) => status === 'loading').length).toBe(1);
    session.dispose();
  });

  const faults: [string, (target: Frame) => Promise<Frame | null>][] = [
    ['rejects with a plain error', () => Promise.reject(new Error('on purpose'))],
    [
      'throws',
      () => {
        throw new Error('on purpose');
      },
    ],
    [
      'gives a closed bitmap',
      async (target) =>
        Object.assign(target, { image: { width: 0, height: 0, close() {} }, width: 4, height: 3, timeMs: 1 }),
    ],
    [
      'gives a canvas',
      async (target) => Object.assign(target, { image: { width: 4, height: 3 }, width: 4, height: 3, timeMs: 1 }),
    ],
    ['gives no image', async (target) => Object.assign(target, { width: 4, height: 3, timeMs: 1 })],
    [
      'gives a size of 0',
      async (target) => Object.assign(target, { image: new Picture(), width: 0, height: 3, timeMs: 1 }),
    ],
    [
      'gives a size of NaN',
      async (target) => Object.assign(target, { image: new Picture(), width: 4, height: NaN, timeMs: 1 }),
    ],
  ];
  for (const [what, next] of faults) {
    it(`a FrameSource that ${what} is source-unreadable and costs neither tracker nor models`, async () => {
      const source = new StubSource();
      source.next = next;
      const { session, tracker, stage } = open({ source });
      await session.start();
      expect(session.state).toMatchObject({ status: 'error', error: { code: 'source-unreadable' } });
      expect([tracker.closed, stage.disposed, source.closed]).toEqual([false, false, true]);
    });
  }

  it('context-lost while it loads stays said; the camera is asked for when the GPU is back', async () => {
    const stubs = createStubs();
    let finish = (): void => {};
    stubs.tracker.load = () => new Promise((resolve) => (finish = resolve));
    stubs.stages.openSource = async () => new StubSource();
    const { session, statuses, stage } = open({ source: 'camera' }, stubs);
    void session.start();
    await until(() => stage.onContextChange !== null);
    stage.onContextChange?.(true);
    finish();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(session.state).toMatchObject({ status: 'error', error: { code: 'context-lost' } });
    stage.onContextChange?.(false);
    await until(() => session.state.status === 'tracking');
    expect(statuses).toEqual(['loading', 'error', 'loading', 'asking', 'searching', 'tracking']);
    session.dispose();
  });

  it('context-lost while paused: paused again when the GPU is back', async () => {
    const { session, stage, drawn } = open();
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.pause();
    const count = drawn.length;
    stage.onContextChange?.(true);
    expect(session.state.status).toBe('error');
    stage.onContextChange?.(false);
    expect(session.state).toMatchObject({ status: 'paused', error: null });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn.length).toBe(count);
    await session.start();
    await until(() => drawn.length > count + 2);
    expect(session.state.status).toBe('tracking');
    session.dispose();
  });

  for (const [what, leave] of [
    ['the room is taken down', (session: FittingSession) => session.dispose()],
    ['it is replaced', (session: FittingSession) => session.configure(settings({ source: new StubSource() }))],
  ] as const) {
    it(`a FrameSource is closed when ${what} while it loads`, async () => {
      const stubs = createStubs();
      stubs.tracker.load = () => new Promise(() => undefined);
      const source = new StubSource();
      const { session } = open({ source }, stubs);
      void session.start();
      await until(() => stubs.stage.onContextChange !== null);
      leave(session);
      expect(source.closed).toBe(true);
      session.dispose();
    });
  }

  it("a page's tracker is loaded once, whichever session of its owner it serves", async () => {
    const loaded = new WeakSet<Tracker>();
    const tracker = createStubTracker();
    for (let i = 0; i < 2; i++) {
      const session = new FittingSession(
        settings({ tracker }),
        { onChange() {}, onTrack() {}, onError() {}, onProgress() {} },
        async () => createStubs().stages as unknown as Stages,
        loaded,
      );
      await session.start();
      session.dispose();
    }
    expect(tracker.loads).toBe(1);
  });

  it('a source that throws while it is closed stops nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const source = new StubSource();
    source.close = () => {
      source.closed = true;
      throw new Error('on purpose');
    };
    const { session } = open({ source });
    await session.start();
    session.stop();
    expect(warn).toHaveBeenCalled();
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.dispose();
    warn.mockRestore();
  });

  it('who stops at the news of a status is stopped', async () => {
    for (const status of ['loading', 'searching', 'tracking'] as const) {
      const { session, hooks } = open();
      const { onChange } = hooks;
      hooks.onChange = () => {
        onChange();
        if (session.state.status === status) session.stop();
      };
      vi.mocked(hooks.onTrack).mockImplementation(() => expect(session.tracked).not.toBe(null));
      await session.start();
      await until(() => session.state.status === 'idle');
      expect(session.state.error).toBe(null);
      session.dispose();
    }
  });

  describe('model and segmentation', () => {
    /** Stubs that say what their trackers were made for, with trackers that can take another model. */
    const createChoosyStubs = () => {
      const stubs = createStubs();
      const choices: unknown[] = [];
      const trackers: (ReturnType<typeof createStubTracker> & { model: Tracker['model'] })[] = [];
      stubs.stages.createTracker = async (choice) => {
        choices.push(choice);
        const tracker = Object.assign(createStubTracker(), {
          model: choice?.model as Tracker['model'],
          useModel: async (model: Tracker['model']) => {
            tracker.model = model;
          },
        });
        trackers.push(tracker);
        return tracker;
      };
      stubs.stages.openSource = async (value) =>
        value === 'camera' ? Object.assign(new StubSource(), { live: true }) : (value as FrameSource);
      return { ...stubs, choices, trackers };
    };

    it('auto begins with lite for a camera; a file after that goes on with the same tracker, and full', async () => {
      const stubs = createChoosyStubs();
      const { session } = open({ source: 'camera' }, stubs);
      await session.start();
      expect(session.state.model).toBe('lite');
      session.configure(settings({ source: new StubSource() }));
      await session.start();
      await until(() => session.state.status === 'tracking');
      expect(session.state.model).toBe('full');
      expect(stubs.choices).toEqual([{ engine: 'auto', model: 'lite', segmentation: 'pose' }]);
      session.dispose();
    });

    it('what the tracker changes by itself shows in the state from the next frame on, and frames without news make none', async () => {
      const stubs = createChoosyStubs();
      const { session, hooks, drawn } = open({}, stubs);
      await session.start();
      await until(() => session.state.status === 'tracking');
      const { state } = session;
      const count = drawn.length;
      await until(() => drawn.length > count + 3);
      expect(session.state).toBe(state);
      const onChange = vi.fn(hooks.onChange);
      hooks.onChange = onChange;
      Object.assign(stubs.trackers[0], { engine: 'mediapipe', model: 'lite' });
      await until(() => session.state.engine === 'mediapipe');
      expect(session.state).toMatchObject({ status: 'tracking', model: 'lite' });
      expect(onChange).toHaveBeenCalledOnce();
      session.dispose();
    });

    it('another segmentation makes another tracker', async () => {
      const stubs = createChoosyStubs();
      const { session } = open({ model: 'lite' }, stubs);
      await session.start();
      const source = new StubSource();
      session.configure(settings({ model: 'lite', segmentation: 'selfie', source }));
      await session.start();
      await until(() => session.state.status === 'tracking');
      expect(stubs.choices).toEqual([
        { engine: 'auto', model: 'lite', segmentation: 'pose' },
        { engine: 'auto', model: 'lite', segmentation: 'selfie' },
      ]);
      expect(stubs.trackers.map(({ closed }) => closed)).toEqual([true, false]);
      session.dispose();
    });

    it("stopped by a frame's news, it stays stopped", async () => {
      const stubs = createChoosyStubs();
      const { session, hooks } = open({}, stubs);
      await session.start();
      const { onChange } = hooks;
      hooks.onChange = () => {
        onChange();
        if (session.state.model === 'lite') session.stop();
      };
      stubs.trackers[0].model = 'lite';
      await until(() => session.state.status === 'idle');
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(session.state.status).toBe('idle');
      session.dispose();
    });
  });

  it('snapshot takes null for no options, and names the layers there are', async () => {
    const { session } = open();
    await session.start();
    expect(await session.snapshot(null)).toBeInstanceOf(Blob);
    await expect(session.snapshot({ layers: 'foo' as 'scene' })).rejects.toThrow(/RangeError|scene, garment, frame/);
    session.dispose();
  });

  it('snapshot and measure reject with the way out before there is a picture', async () => {
    const { session } = open();
    await expect(session.snapshot()).rejects.toThrow(/track/);
    await expect(session.measure()).rejects.toThrow(/tracking/);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { FittingSession } from './fitting-session.ts';
import { createStubs, createStubTracker, open, StubSource, settings, until } from './open-session.test-helper.ts';

describe('FittingSession: errors', () => {
  for (const code of [
    'camera-denied',
    'camera-missing',
    'camera-busy',
    'insecure-context',
    'source-unreadable',
  ] as const) {
    it(`${code}: the status is error, start() resolves, and the next start works`, async () => {
      const stubs = createStubs();
      let attempts = 0;
      stubs.stages.openAnySource = async () => {
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

  it('camera-lost during a run: closes the source and reports the error', async () => {
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

  it('engine-failed: wraps any error of a frame, and the next start makes a new tracker', async () => {
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

  it('an error while drawing closes a live source that has no next picture yet', async () => {
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

  it('model-unreachable: the code of the stages cannot be loaded', async () => {
    const onError = vi.fn();
    const session = new FittingSession(
      settings(),
      { onChange() {}, onTrack() {}, onError, onProgress() {} },
      {
        load: () => Promise.reject(new TypeError('Failed to fetch')),
      },
    );
    await session.start();
    expect(session.state.error?.code).toBe('model-unreachable');
    expect(onError).toHaveBeenCalledOnce();
  });
});

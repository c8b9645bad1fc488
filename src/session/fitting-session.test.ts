import { describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { FittingSession } from './fitting-session.ts';
import type { Stages } from './load-stages.ts';
import {
  createStubs,
  createStubTracker,
  open,
  request,
  StubSource,
  settings,
  until,
} from './open-session.test-helper.ts';

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
      { load },
    );
    session.configure(settings());
    expect(load).not.toHaveBeenCalled();
    await session.start();
    expect(load).toHaveBeenCalledOnce();
    session.dispose();
  });

  it('asks for the camera while everything else loads, and shows its picture until the first frame', async () => {
    const stubs = createStubs();
    let finish = (): void => {};
    stubs.tracker.load = () => new Promise((resolve) => (finish = resolve));
    stubs.stages.openAnySource = async () => new StubSource();
    const { session, statuses } = open({ source: 'camera' }, stubs);
    const started = session.start();
    await until(() => session.preview !== null);
    expect(statuses).toEqual(['loading', 'asking', 'loading']);
    finish();
    await started;
    expect(statuses.slice(0, 4)).toEqual(['loading', 'asking', 'loading', 'searching']);
    expect(session.preview).toBe(null);
    session.dispose();
  });

  it('a refused camera ends the start at once, whatever is still loading', async () => {
    const stubs = createStubs();
    stubs.tracker.load = () => new Promise(() => {});
    stubs.askForCamera = () => Promise.reject(new FittingError('camera-denied', 'on purpose'));
    const { session, errors } = open({ source: 'camera' }, stubs);
    await session.start();
    expect(session.state.status).toBe('error');
    expect(errors).toEqual(['camera-denied']);
    session.dispose();
  });

  it('while nobody can see it: asks for no camera, shows no frame, is paused; and goes on after that', async () => {
    const stubs = createStubs();
    const tracks = [{ stop: vi.fn() }];
    const askForCamera = vi.fn(async () => ({ getTracks: () => tracks }) as unknown as MediaStream);
    stubs.askForCamera = askForCamera;
    stubs.stages.openAnySource = async () => new StubSource();
    const { session, drawn } = open({ source: 'camera' }, stubs);
    session.setSeen(false);
    const started = session.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(askForCamera).not.toHaveBeenCalled();
    session.setSeen(true);
    await started;
    await until(() => session.state.status === 'tracking');
    session.setSeen(false);
    expect(session.state.status).toBe('paused');
    expect(tracks[0].stop).toHaveBeenCalledOnce();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const count = drawn.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(drawn.length).toBe(count);
    session.setSeen(true);
    expect(session.state.status).toBe('tracking');
    await until(() => drawn.length > count + 2);
    expect(askForCamera).toHaveBeenCalledTimes(2);
    session.dispose();
  });

  it('tracks and draws every frame of a waiting source in order, with its own image; closes all images', async () => {
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

  it('the status is searching after a while without a person, and tracking when a person is found', async () => {
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

  it('stop() closes the source at once, forgets its pictures and keeps the loaded parts', async () => {
    const first = new StubSource();
    const { session, tracker, stage, drawn } = open({ source: first });
    await session.start();
    session.stop();
    expect(first.closed).toBe(true);
    await until(() => first.pictures.every(({ closed }) => closed));
    const count = drawn.length;
    await until(() => stage.forgets === 1);
    expect(drawn.length, 'no frame is drawn after that').toBe(count);
    expect(session.state).toMatchObject({ status: 'idle', error: null });
    expect(session.tracked).toBe(null);
    session.configure(settings({ source: new StubSource() }));
    await session.start();
    await until(() => session.state.status === 'tracking');
    expect(tracker.loads).toBe(1);
    session.dispose();
    expect(tracker.closed).toBe(true);
  });

  it('a newer start supersedes the older: only the newer source plays', async () => {
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

  it('a new source during a run starts anew and closes the old source', async () => {
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

  it('a new facing starts anew for the camera only', async () => {
    const source = new StubSource();
    const { session, statuses } = open({ source });
    await session.start();
    await until(() => session.state.status === 'tracking');
    session.configure(settings({ source, facing: 'environment' }));
    expect(source.closed).toBe(false);
    expect(statuses.filter((status) => status === 'loading').length).toBe(1);
    session.dispose();
  });

  it('closes a source that is opened after stop()', async () => {
    const stubs = createStubs();
    const late = new StubSource();
    const opening = vi.fn();
    let give = (): void => {};
    stubs.stages.openAnySource = () => {
      opening();
      return new Promise((resolve) => (give = () => resolve(late)));
    };
    const { session } = open({ source: '/me.mp4' }, stubs);
    const started = session.start();
    await until(() => opening.mock.calls.length > 0);
    session.dispose();
    await started;
    expect(session.state.status).toBe('idle');
    give();
    await until(() => late.closed);
    expect(late.given).toBe(0);
  });

  it('stop() in a callback of a status change stops the session', async () => {
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
});

import { describe, expect, it, vi } from 'vitest';
import type { FrameSource } from '../capture/frame-source.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { FittingSession } from './fitting-session.ts';
import type { Stages } from './load-stages.ts';
import { createStubs, createStubTracker, open, StubSource, settings, until } from './open-session.test-helper.ts';

describe('FittingSession: the tracker', () => {
  it('a tracker of the page is loaded once, reset at each start and never closed', async () => {
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

  it('a tracker of the page is loaded once for all sessions of an owner', async () => {
    const loaded = new WeakSet<Tracker>();
    const tracker = createStubTracker();
    for (let i = 0; i < 2; i++) {
      const session = new FittingSession(
        settings({ tracker }),
        { onChange() {}, onTrack() {}, onError() {}, onProgress() {} },
        { load: async () => createStubs().stages as unknown as Stages, loadedTrackers: loaded },
      );
      await session.start();
      session.dispose();
    }
    expect(tracker.loads).toBe(1);
  });

  describe('model and segmentation', () => {
    /** Stubs that record the settings of each tracker they make; these trackers can change their model. */
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
      stubs.stages.openAnySource = async ({ source }) =>
        source === 'camera' ? Object.assign(new StubSource(), { live: true }) : (source as FrameSource);
      return { ...stubs, choices, trackers };
    };

    it('auto loads lite for a camera; a file after that uses the same tracker with full', async () => {
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

    it('a change by the tracker itself is in the state from the next frame on; other frames change no state', async () => {
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

    it('a new segmentation makes a new tracker', async () => {
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

    it('own clothes are found by the tracker and hidden by the stage only when they are to be hidden', async () => {
      const stubs = createChoosyStubs();
      const source = new StubSource();
      const { session } = open({ source }, stubs);
      await session.start();
      const wanted: boolean[] = [];
      const tracker = stubs.trackers[0];
      Object.assign(tracker, { findClasses: (isWanted: boolean) => void wanted.push(isWanted) });
      expect(stubs.stage.hidesOwnClothes).toBe(true);
      session.configure(settings({ ownClothes: 'show', source }));
      expect([wanted.at(-1), stubs.stage.hidesOwnClothes]).toEqual([false, false]);
      session.configure(settings({ ownClothes: 'hide', source }));
      expect([wanted.at(-1), stubs.stage.hidesOwnClothes]).toEqual([true, true]);
      expect(stubs.trackers.length, 'the tracker stays').toBe(1);
      session.dispose();
    });

    it('stop() in the callback of a frame stops the session', async () => {
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
});

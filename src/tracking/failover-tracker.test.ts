import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { type Deed, StubTracker } from './stub-tracker.test-helper.ts';
import { createTrackedFrame, type EngineName } from './tracker.ts';

type Engine = Exclude<EngineName, 'auto'>;

function frameAt(timeMs: number): Frame {
  return { image: { close: () => {} } as ImageBitmap, width: 4, height: 3, timeMs };
}

/** `loading`: what each tracker does, in the order in which they are made; those after it work. */
function open(engines: readonly Engine[], loading: Deed[] = []) {
  const made: StubTracker[] = [];
  const tracker = createFailoverTracker({
    engines,
    model: 'full',
    create: async (engine, model) => {
      const stub = new StubTracker(engine, model);
      stub.loading = loading[made.length] ?? 'work';
      made.push(stub);
      return stub;
    },
  });
  const target = createTrackedFrame();
  const track = async (timeMs: number): Promise<Frame> => {
    const frame = frameAt(timeMs);
    await tracker.track(frame, target);
    return frame;
  };
  return {
    tracker,
    made,
    track,
    load: () => tracker.load({ assets: '/assets/' }),
    names: () => made.map(({ engine }) => engine).join(' '),
  };
}

describe('createFailoverTracker', () => {
  let warn: ReturnType<typeof vi.spyOn>;
  const warnings = (): string[] => warn.mock.calls.map(([text]: unknown[]) => String(text));
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    warn.mockRestore();
    vi.useRealTimers();
  });
  /** Nothing is left running beside the last one. */
  const expectOneOpen = (made: StubTracker[]): void =>
    expect(made.filter(({ closed }) => !closed)).toEqual(made.slice(-1));

  it('takes the first engine when it works, and says nothing', async () => {
    const { tracker, load, track, names, made } = open(['webgpu', 'wasm', 'mediapipe']);
    await load();
    expect((await track(0)).image).not.toBe(null);
    expect([names(), tracker.engine, tracker.model, made[0].assets]).toEqual(['webgpu', 'webgpu', 'full', '/assets/']);
    expect(warnings()).toEqual([]);
  });

  it('an engine that fails on load gives way with one warning each, webgpu at once, the others after a second try', async () => {
    const { tracker, load, names, made } = open(['webgpu', 'wasm', 'mediapipe'], ['fail', 'fail', 'fail']);
    await load();
    expect(names()).toBe('webgpu wasm wasm mediapipe');
    expect(tracker.engine).toBe('mediapipe');
    expect(warnings()).toEqual([
      expect.stringMatching(/webgpu engine failed \(on purpose\); going on with wasm/),
      expect.stringMatching(/wasm engine failed .*started again/),
      expect.stringMatching(/wasm engine failed .*going on with mediapipe/),
    ]);
    expectOneOpen(made);
  });

  it('a worker for webgpu that cannot be fetched gives way to wasm', async () => {
    const { tracker, load } = open(['webgpu', 'wasm'], ['unreachable']);
    await load();
    expect([tracker.engine, warnings().length]).toEqual(['wasm', 1]);
  });

  it('a network that fails on the first load is said at once: no other engine is fetched', async () => {
    const { load, names, made } = open(['wasm', 'mediapipe'], ['unreachable']);
    await expect(load()).rejects.toMatchObject({ code: 'model-unreachable' });
    expect([names(), made[0].closed, warnings()]).toEqual(['wasm', true, []]);
  });

  it('what the browser cannot do is not tried twice', async () => {
    const { load, names } = open(['wasm', 'mediapipe'], ['unsupported', 'work']);
    await load();
    expect(names()).toBe('wasm mediapipe');
    const alone = open(['wasm'], ['unsupported']);
    await expect(alone.load()).rejects.toMatchObject({ code: 'unsupported-browser' });
    expect(alone.names()).toBe('wasm');
  });

  it('code that does not load is an engine that fails', async () => {
    const tracker = createFailoverTracker({
      engines: ['wasm', 'mediapipe'],
      model: 'lite',
      create: async (engine, model) => {
        if (engine === 'wasm') throw new TypeError('Failed to fetch dynamically imported module');
        return new StubTracker(engine, model);
      },
    });
    await tracker.load({ assets: '/assets/' });
    expect([tracker.engine, warnings().length]).toEqual(['mediapipe', 2]);
  });

  it('when all are used up it rejects with the last cause, and all are closed', async () => {
    const { load, made, names } = open(['wasm', 'mediapipe'], ['fail', 'fail', 'fail', 'fail']);
    await expect(load()).rejects.toMatchObject({ code: 'engine-failed', message: 'on purpose' });
    expect(names()).toBe('wasm wasm mediapipe mediapipe');
    expect(made.every(({ closed }) => closed)).toBe(true);
  });

  it('in mid-session: a frame that fails is passed over; when the next one fails too, the engine is to blame', async () => {
    const { tracker, load, track, made } = open(['webgpu', 'wasm']);
    await load();
    await track(0);
    made[0].tracking = 'fail';
    expect((await track(33)).image).toBe(null);
    expect([tracker.engine, warnings().length]).toEqual(['webgpu', 0]);
    expect((await track(66)).image).not.toBe(null);
    expect([made[0].seen, made[1].seen]).toEqual([[0], [66]]);
    expect([tracker.engine, warnings().length]).toEqual(['wasm', 1]);
    expectOneOpen(made);
  });

  it('in mid-session: bad frames among good ones cost no start', async () => {
    const { load, track, made } = open(['wasm', 'mediapipe']);
    await load();
    for (let i = 0; i < 12; i++) {
      made[0].tracking = i % 3 === 1 ? 'fail' : 'work';
      expect((await track(i)).image === null).toBe(i % 3 === 1);
    }
    expect([made.length, warnings().length]).toEqual([1, 0]);
  });

  it("a source's fault is no engine's", async () => {
    const { load, track, made } = open(['wasm', 'mediapipe']);
    await load();
    await track(0);
    made[0].tracking = 'unreadable';
    await expect(track(1)).rejects.toMatchObject({ code: 'source-unreadable' });
    expect([made.length, warnings().length]).toEqual([1, 0]);
  });

  it('is loaded once', async () => {
    const { load } = open(['wasm']);
    await load();
    expect(() => load()).toThrow(TypeError);
  });

  it('in mid-session: a frame that is lost with the engine resolves without an image, and the next one is tracked', async () => {
    const { load, track, made } = open(['wasm']);
    await load();
    await track(0);
    made[0].tracking = 'lose';
    expect((await track(33)).image).toBe(null);
    expect((await track(66)).image).not.toBe(null);
    expect(made.map(({ seen }) => seen)).toEqual([[0], [66]]);
    expectOneOpen(made);
  });

  it('an engine that dies silently is closed and started again within seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const { load, track, made } = open(['wasm', 'mediapipe']);
    await load();
    const frames = Array.from({ length: 15 }, (_, i) => i);
    for (const i of frames) await track(i);
    made[0].tracking = 'hang';
    let lost: Frame | null = null;
    void track(99).then((frame) => (lost = frame));
    await vi.advanceTimersByTimeAsync(4000);
    expect(lost).toMatchObject({ image: null });
    await track(132);
    expect(made.map(({ engine, closed, seen }) => [engine, closed, seen])).toEqual([
      ['wasm', true, frames],
      ['wasm', false, [132]],
    ]);
    expect(warnings()).toEqual([expect.stringMatching(/wasm.*not answered for 3 seconds.*started again/)]);
  });

  it('starts are given back once an engine has tracked 300 frames, not sooner', async () => {
    for (const [frames, expected] of [
      [299, 'wasm wasm mediapipe'],
      [300, 'wasm wasm wasm'],
    ] as const) {
      const { load, track, made, names } = open(['wasm', 'mediapipe']);
      await load();
      for (let i = 0; i < 200; i++) await track(i);
      made[0].tracking = 'fail';
      await track(200);
      // Tracked by the second start; what the first tracked proves nothing of it.
      for (let i = 0; i < frames; i++) await track(i);
      made[1].tracking = 'fail';
      await track(frames);
      await track(frames);
      expect(names()).toBe(expected);
    }
  });

  it('in mid-session: rejects when nothing is left, and goes on rejecting', async () => {
    const { load, track, made } = open(['wasm'], ['work', 'unreachable']);
    await load();
    await track(0);
    made[0].tracking = 'fail';
    expect((await track(1)).image).toBe(null);
    await expect(track(2)).rejects.toMatchObject({ code: 'model-unreachable' });
    await expect(track(3)).rejects.toMatchObject({ name: 'FittingError' });
    expect(made.every(({ closed }) => closed)).toBe(true);
  });

  it('in mid-session: a replacement that cannot be fetched gives way too', async () => {
    const { tracker, load, track, made, names } = open(['wasm', 'mediapipe'], ['work', 'unreachable']);
    await load();
    made[0].tracking = 'fail';
    expect((await track(0)).image).not.toBe(null);
    expect([names(), tracker.engine, made[2].assets]).toEqual(['wasm wasm mediapipe', 'mediapipe', '/assets/']);
  });

  it("wrong use is nobody's failing", async () => {
    const { load, track, made, names } = open(['wasm', 'mediapipe']);
    await load();
    made[0].tracking = 'misuse';
    await expect(track(0)).rejects.toThrow(TypeError);
    expect([names(), warnings()]).toEqual(['wasm', []]);
  });

  it('a replacement gets the model last wished for', async () => {
    const { tracker, load, track, made } = open(['wasm']);
    await load();
    await tracker.useModel?.('lite');
    expect(tracker.model).toBe('lite');
    made[0].tracking = 'fail';
    await track(0);
    expect([made[1].model, tracker.model]).toEqual(['lite', 'lite']);
  });

  it('a model that cannot be had is not wished for any longer', async () => {
    const { tracker, load, track, made } = open(['wasm']);
    await load();
    made[0].changing = 'unreachable';
    await expect(tracker.useModel?.('heavy')).rejects.toMatchObject({ code: 'model-unreachable' });
    made[0].tracking = 'fail';
    await track(0);
    expect(made[1].model).toBe('full');
  });

  it('a model wished for while the engine changes reaches the new one', async () => {
    const { tracker, load, track, made } = open(['webgpu', 'wasm'], ['work', 'hang']);
    await load();
    made[0].tracking = 'fail';
    const tracking = track(0);
    await vi.waitFor(() => expect(made[1]?.loads).toBe(1));
    const second = made[1];
    expect(tracker.engine).toBe('webgpu');
    let isOver = false;
    const wish = tracker.useModel?.('lite').then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).toBe(false);
    // The third is the second's second start.
    second.close();
    await Promise.all([tracking, wish]);
    expect([made[2].engine, tracker.model]).toEqual(['wasm', 'lite']);
  });

  it('where the engine has one model only, there is no useModel, and a wish on its way to it is rejected', async () => {
    const { tracker, load, track, made } = open(['wasm', 'mediapipe'], ['work', 'unsupported', 'hang']);
    await load();
    const { useModel } = tracker;
    made[0].tracking = 'fail';
    const tracking = track(0);
    await vi.waitFor(() => expect(made[2]?.loads).toBe(1));
    Object.assign(made[2], { useModel: undefined });
    const wish = useModel?.('lite');
    made[2].release();
    await tracking;
    await expect(wish).rejects.toMatchObject({ code: 'engine-failed' });
    expect([tracker.engine, tracker.model, tracker.useModel]).toEqual(['mediapipe', 'full', undefined]);
  });

  it('reset reaches the engine at work', async () => {
    const { tracker, load, track, made } = open(['wasm']);
    await load();
    made[0].tracking = 'fail';
    await track(0);
    tracker.reset();
    expect(made.map(({ resets }) => resets)).toEqual([0, 1]);
  });

  for (const moment of [
    'while it loads',
    'while a frame is tracked',
    'while the engine changes',
    'while the engine is made',
  ] as const) {
    it(`closed ${moment}: everything settles, nothing is left running and nothing is started`, async () => {
      const { tracker, load, track, made } = open(
        ['wasm', 'mediapipe'],
        moment === 'while it loads' ? ['hang'] : ['work', 'hang'],
      );
      const loading = load();
      loading.catch(() => undefined);
      let work: Promise<unknown> = loading;
      if (moment === 'while it loads') await vi.waitFor(() => expect(made[0]?.loads).toBe(1));
      else if (moment !== 'while the engine is made') {
        await loading;
        made[0].tracking = moment === 'while a frame is tracked' ? 'hang' : 'fail';
        work = track(0);
        work.catch(() => undefined);
        await vi.waitFor(() => expect(moment === 'while the engine changes' ? made[1]?.loads : 1).toBe(1));
      }
      const count = made.length;
      tracker.close();
      await expect(work).rejects.toMatchObject({ code: 'engine-failed' });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(made.every(({ closed }) => closed)).toBe(true);
      expect(made.length).toBe(Math.max(count, 1));
      await expect(track(1)).rejects.toMatchObject({ name: 'FittingError' });
    });
  }

  it('aborted while it loads: rejects with the reason, and no other engine is tried', async () => {
    const abort = new AbortController();
    const made: StubTracker[] = [];
    const tracker = createFailoverTracker({
      engines: ['wasm', 'mediapipe'],
      model: 'lite',
      create: async (engine, model) => {
        const stub = new StubTracker(engine, model);
        stub.load = ({ signal }) =>
          new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        made.push(stub);
        return stub;
      },
    });
    const loading = tracker.load({ assets: '/', signal: abort.signal });
    await vi.waitFor(() => expect(made.length).toBe(1));
    abort.abort();
    await expect(loading).rejects.toBe(abort.signal.reason);
    expect([made.length, made[0].closed, warnings()]).toEqual([1, true, []]);
  });

  it('rejects a frame before it is loaded', async () => {
    await expect(open(['wasm']).track(0)).rejects.toMatchObject({ code: 'engine-failed' });
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { FittingError } from '../errors.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { expectOneOpen, openFailover, recordWarnings } from './open-failover.test-helper.ts';
import { StubTracker } from './stub-tracker.test-helper.ts';

describe('createFailoverTracker: loading, closing, reset', () => {
  const warnings = recordWarnings();

  it('uses the first engine when it works, without a warning', async () => {
    const { tracker, load, track, names, made } = openFailover(['webgpu', 'wasm', 'mediapipe']);
    await load();
    expect((await track(0)).image).not.toBe(null);
    expect([names(), tracker.engine, tracker.model, made[0].assets]).toEqual(['webgpu', 'webgpu', 'full', '/assets/']);
    expect(warnings()).toEqual([]);
  });

  it('an engine that fails on load is replaced with one warning: webgpu at once, the others after a second start', async () => {
    const { tracker, load, names, made } = openFailover(['webgpu', 'wasm', 'mediapipe'], ['fail', 'fail', 'fail']);
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

  it('when the worker of webgpu cannot be fetched, wasm is used', async () => {
    const { tracker, load } = openFailover(['webgpu', 'wasm'], ['unreachable']);
    await load();
    expect([tracker.engine, warnings().length]).toEqual(['wasm', 1]);
  });

  it('when the network fails on the first load, it rejects at once and fetches no other engine', async () => {
    const { load, names, made } = openFailover(['wasm', 'mediapipe'], ['unreachable']);
    await expect(load()).rejects.toMatchObject({ code: 'model-unreachable' });
    expect([names(), made[0].closed, warnings()]).toEqual(['wasm', true, []]);
  });

  it('an engine that the browser does not support is started only once', async () => {
    const { load, names } = openFailover(['wasm', 'mediapipe'], ['unsupported', 'work']);
    await load();
    expect(names()).toBe('wasm mediapipe');
    const alone = openFailover(['wasm'], ['unsupported']);
    await expect(alone.load()).rejects.toMatchObject({ code: 'unsupported-browser' });
    expect(alone.names()).toBe('wasm');
  });

  it('wasm that traps is started again with the whole file, once, beside its usual second start', async () => {
    const { load, names, wholes } = openFailover(['wasm', 'mediapipe'], ['trap', 'trap', 'fail']);
    await load();
    expect(names()).toBe('wasm wasm wasm mediapipe');
    expect(wholes).toEqual([false, true, true, true]);
    const failing = openFailover(['webgpu', 'wasm'], ['trap', 'fail']);
    await failing.load();
    expect([failing.names(), failing.wholes]).toEqual(['webgpu wasm wasm', [false, false, false]]);
  });

  it('wasm that traps in mid-session is started again with the whole file, which tracks the frame', async () => {
    const { load, track, names, wholes, made } = openFailover(['wasm']);
    await load();
    await track(0);
    made[0].tracking = 'trap';
    await track(40);
    expect([names(), wholes, made.map(({ seen }) => seen)]).toEqual(['wasm wasm', [false, true], [[0], [40]]]);
    expect(warnings()).toHaveLength(1);
  });

  it('an engine whose code does not load counts as failed', async () => {
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

  it('a model that is cut or silent fails every engine: webgpu, too, gives up at once and names the file', async () => {
    const { load, names } = openFailover(['webgpu', 'wasm', 'mediapipe'], ['cut']);
    await expect(load()).rejects.toMatchObject({ code: 'model-unreachable', message: '/x.tflite is cut' });
    expect(names()).toBe('webgpu');
  });

  it('when no engine is left, it rejects with the first error, names the later ones, and closes all trackers', async () => {
    const { load, made } = openFailover(['wasm', 'mediapipe'], ['trap', 'fail', 'fail', 'unreachable']);
    const cause = await load().catch((error: FittingError) => error);
    expect(cause).toMatchObject({
      code: 'engine-failed',
      message: 'trapped. Then: on purpose. Then: on purpose: no file',
      cause: expect.any(WebAssembly.RuntimeError),
    });
    expect(made.every(({ closed }) => closed)).toBe(true);
  });

  it('when no engine is left and all failed alike, the message says it once', async () => {
    const { load, made, names } = openFailover(['wasm', 'mediapipe'], ['fail', 'fail', 'fail', 'fail']);
    await expect(load()).rejects.toMatchObject({ code: 'engine-failed', message: 'on purpose' });
    expect(names()).toBe('wasm wasm mediapipe mediapipe');
    expect(made.every(({ closed }) => closed)).toBe(true);
  });

  it('throws when it is loaded a second time', async () => {
    const { load } = openFailover(['wasm']);
    await load();
    expect(() => load()).toThrow(TypeError);
  });

  it('reset() reaches the engine in use', async () => {
    const { tracker, load, track, made } = openFailover(['wasm']);
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
    it(`closed ${moment}: all calls settle, all trackers are closed and none is started`, async () => {
      const { tracker, load, track, made } = openFailover(
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

  it('aborted while it loads: rejects with the reason, and starts no other engine', async () => {
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

  it('rejects track() before load()', async () => {
    await expect(openFailover(['wasm']).track(0)).rejects.toMatchObject({ code: 'engine-failed' });
  });
});

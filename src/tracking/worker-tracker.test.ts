import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { createTrackedFrame } from './create-tracked-frame.ts';
import type { TrackingReply, TrackingRequest } from './tracking-protocol.ts';
import { createWorkerTracker } from './worker-tracker.ts';

/** A stub of `Worker`; each test sends its replies. */
class FakeWorker {
  static started: FakeWorker[] = [];
  static reachable = true;
  static silent = false;
  readonly url: string;
  readonly requests: TrackingRequest[] = [];
  terminated = false;
  onmessage: ((event: { data: TrackingReply }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeWorker.started.push(this);
    if (!FakeWorker.silent) setTimeout(() => (FakeWorker.reachable ? this.answer({ type: 'awake' }) : this.fail('')));
  }

  postMessage(request: TrackingRequest): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(data: TrackingReply): void {
    this.onmessage?.({ data });
  }

  fail(message: string): void {
    this.onerror?.({ message, preventDefault: () => {} });
  }
}

interface FakeImage {
  close: () => void;
}

function createFrame(timeMs = 40): Frame & { image: unknown } {
  return {
    image: { close: vi.fn() } as FakeImage as unknown as ImageBitmap,
    width: 720,
    height: 1280,
    timeMs,
  };
}

/** The reply to the last `track` request, with a mask of 2 × 2. */
function trackedReply(worker: FakeWorker, score: number): Extract<TrackingReply, { type: 'tracked' }> {
  const request = worker.requests.at(-1);
  if (request?.type !== 'track') throw new Error('nothing to answer');
  return {
    type: 'tracked',
    image: request.image,
    score,
    landmarks: Float32Array.from({ length: 33 * LANDMARK_VALUES }, (_, i) => i),
    world: Float32Array.from({ length: 33 * LANDMARK_VALUES }, (_, i) => -i),
    model: 'lite',
    mask: { width: 2, height: 2, pixels: request.spareMask ?? Uint8Array.of(0, 1, 2, 255).buffer },
    spareMask: null,
    classes: request.wantsClasses ? (request.spareClasses ?? new ArrayBuffer(16)) : null,
    spareClasses: null,
    timings: { cropMs: 1, inferenceMs: 2, totalMs: 4 },
  };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

async function load(signal?: AbortSignal) {
  const tracker = createWorkerTracker({ engine: 'wasm', model: 'lite' });
  const progress: number[][] = [];
  const loading = tracker.load({ assets: '/assets/', onProgress: (...report) => progress.push(report), signal });
  loading.catch(() => {});
  await nextTask();
  await nextTask();
  const worker = FakeWorker.started.at(-1) as FakeWorker;
  return { tracker, worker, loading, progress };
}

async function loadFully() {
  const parts = await load();
  parts.worker.answer({ type: 'loaded' });
  await parts.loading;
  return parts;
}

describe('createWorkerTracker', () => {
  beforeEach(() => {
    FakeWorker.started = [];
    FakeWorker.reachable = true;
    vi.stubGlobal('Worker', FakeWorker);
    vi.stubGlobal('OffscreenCanvas', class {});
    vi.stubGlobal('createImageBitmap', () => {});
    vi.stubGlobal('document', Object.assign(new EventTarget(), { baseURI: 'https://shop.example/page/' }));
    vi.stubGlobal('location', { origin: 'https://shop.example' });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('starts the worker from the assets and reports its progress', async () => {
    const { worker, loading, progress } = await load();
    expect(worker.url).toBe('https://shop.example/assets/runtime/tracking-worker.js');
    expect(worker.requests).toEqual([
      { type: 'load', assets: 'https://shop.example/assets/', model: 'lite', segmentation: 'pose', isWhole: false },
    ]);
    worker.answer({ type: 'progress', loaded: 5, total: 9 });
    worker.answer({ type: 'loaded' });
    await loading;
    expect(progress).toEqual([[5, 9]]);
  });

  it('rejects with model-unreachable, naming the file, when the worker or a model cannot be loaded', async () => {
    FakeWorker.reachable = false;
    await expect((await load()).loading).rejects.toMatchObject({
      code: 'model-unreachable',
      message: expect.stringContaining('tracking-worker.js'),
    });
    FakeWorker.reachable = true;
    const { worker, loading } = await load();
    const fault = { code: 'model-unreachable', message: 'x.tflite is cut' } as const;
    worker.answer({ type: 'load-failed', ...fault, file: 'x.tflite', isTrap: false });
    await expect(loading).rejects.toMatchObject({ ...fault, url: 'x.tflite', isShared: true });
    expect(worker.terminated).toBe(true);
  });

  it('rejects when the worker sends no first message within 20 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      FakeWorker.silent = true;
      const loading = createWorkerTracker({ engine: 'wasm', model: 'lite' }).load({ assets: '/assets/' });
      loading.catch(() => {});
      await vi.advanceTimersByTimeAsync(20_000);
      await expect(loading).rejects.toMatchObject({
        code: 'model-unreachable',
        message: expect.stringContaining('does not answer'),
      });
      expect(FakeWorker.started[0].terminated).toBe(true);
    } finally {
      FakeWorker.silent = false;
      vi.useRealTimers();
    }
  });

  it('rejects with unsupported-browser where there are no workers', async () => {
    vi.stubGlobal('Worker', undefined);
    Reflect.deleteProperty(globalThis, 'Worker');
    await expect(createWorkerTracker({ engine: 'wasm', model: 'lite' }).load({ assets: '/' })).rejects.toMatchObject({
      code: 'unsupported-browser',
    });
  });

  it('an abort ends the worker and rejects load() with the reason', async () => {
    const abort = new AbortController();
    const { worker, loading } = await load(abort.signal);
    abort.abort();
    await expect(loading).rejects.toBe(abort.signal.reason);
    expect(worker.terminated).toBe(true);
  });

  it('takes the image while it tracks, gives it back, and writes landmarks and mask into the target', async () => {
    const { tracker, worker } = await loadFully();
    const frame = createFrame();
    const { image } = frame;
    const target = createTrackedFrame();
    const tracking = tracker.track(frame, target);
    expect(frame.image).toBe(null);
    worker.answer(trackedReply(worker, 0.8));
    await expect(tracking).resolves.toBe('tracked');
    expect(frame.image).toBe(image);
    expect(target).toMatchObject({ timeMs: 40, frame: 0, width: 720, height: 1280, score: 0.8 });
    expect([...target.landmarks.subarray(LANDMARK_VALUES * 32)]).toEqual([128, 129, 130, 131]);
    expect([...target.worldLandmarks.subarray(LANDMARK_VALUES, 2 * LANDMARK_VALUES)]).toEqual([-4, -5, -6, -7]);
    expect(target.mask).toMatchObject({ width: 2, height: 2 });
    expect([...(target.mask?.data ?? [])]).toEqual([0, 1, 2, 255]);
    expect(tracker.timings).toEqual({ cropMs: 1, inferenceMs: 2, totalMs: 4 });
  });

  it('reuses two mask buffers, and never sends the one that is shown', async () => {
    const { tracker, worker } = await loadFully();
    const target = createTrackedFrame();
    const buffers = new Set<ArrayBufferLike>();
    for (let i = 0; i < 6; i++) {
      const shown = target.mask?.data.buffer;
      const tracking = tracker.track(createFrame(i), target);
      const request = worker.requests.at(-1);
      expect(request?.type === 'track' && request.spareMask !== null && request.spareMask === shown).toBe(false);
      worker.answer(trackedReply(worker, 1));
      await tracking;
      if (target.mask) buffers.add(target.mask.data.buffer);
    }
    expect(buffers.size).toBe(2);
  });

  it('gives classes once they are wanted, in the size of the mask, and reuses their buffers', async () => {
    const { tracker, worker } = await loadFully();
    const target = createTrackedFrame();
    const trackOnce = async (timeMs: number): Promise<Uint8ClampedArray | undefined> => {
      const tracked = tracker.track(createFrame(timeMs), target);
      worker.answer(trackedReply(worker, 0.9));
      await tracked;
      return target.classes?.data;
    };
    expect(await trackOnce(0)).toBe(undefined);
    tracker.findClasses?.(true);
    const first = await trackOnce(33);
    expect(target.classes).toMatchObject({ width: 2, height: 2 });
    const second = await trackOnce(66);
    expect(second?.buffer).not.toBe(first?.buffer);
    expect((await trackOnce(99))?.buffer).toBe(first?.buffer);
    tracker.findClasses?.(false);
    expect(await trackOnce(132)).toBe(undefined);
  });

  it('gives score 0 and no mask when nobody is found', async () => {
    const { tracker, worker } = await loadFully();
    const target = createTrackedFrame();
    const tracking = tracker.track(createFrame(), target);
    worker.answer({ ...trackedReply(worker, 0), mask: null });
    await tracking;
    expect(target.score).toBe(0);
    expect(target.mask).toBe(null);
  });

  it('rejects the pending frame and every later one when the worker fails or the tracker is closed', async () => {
    for (const kill of ['fail', 'close'] as const) {
      const { tracker, worker } = await loadFully();
      const tracking = tracker.track(createFrame(), createTrackedFrame());
      if (kill === 'fail') worker.fail('out of memory');
      else tracker.close();
      await expect(tracking).rejects.toMatchObject({ code: 'engine-failed' });
      expect(worker.terminated).toBe(true);
      await expect(tracker.track(createFrame(), createTrackedFrame())).rejects.toMatchObject({ code: 'engine-failed' });
    }
  });

  it('after a frame that failed in WebAssembly, its error says so, the image is back and the next frame is tracked', async () => {
    const { tracker, worker } = await loadFully();
    const frame = createFrame();
    const { image } = frame;
    const tracking = tracker.track(frame, createTrackedFrame());
    worker.answer({ type: 'track-failed', image: image as unknown as ImageBitmap, message: 'no luck', isTrap: true });
    const trap = { code: 'engine-failed', message: 'no luck', cause: expect.any(WebAssembly.RuntimeError) };
    await expect(tracking).rejects.toMatchObject(trap);
    expect(frame.image).toBe(image);
    const next = tracker.track(frame, createTrackedFrame());
    worker.answer(trackedReply(worker, 1));
    await expect(next).resolves.toBe('tracked');
  });

  it('useModel() resolves when the worker has the model, and `model` follows with the next frame', async () => {
    const { tracker, worker } = await loadFully();
    const changing = tracker.useModel?.('full');
    expect(worker.requests.at(-1)).toEqual({ type: 'use-model', model: 'full' });
    const tracking = tracker.track(createFrame(), createTrackedFrame());
    worker.answer(trackedReply(worker, 1));
    await tracking;
    expect(tracker.model).toBe('lite');
    worker.answer({ type: 'model-used', model: 'full' });
    await changing;
    const later = tracker.track(createFrame(80), createTrackedFrame());
    worker.answer({ ...trackedReply(worker, 1), model: 'full' });
    await later;
    expect(tracker.model).toBe('full');
  });

  it('keeps its model when another cannot be loaded', async () => {
    const { tracker, worker } = await loadFully();
    const changing = tracker.useModel?.('heavy');
    worker.answer({ type: 'model-failed', model: 'heavy', code: 'model-unreachable', message: '404' });
    await expect(changing).rejects.toMatchObject({ code: 'model-unreachable', message: '404' });
    expect(tracker.model).toBe('lite');
  });

  it('rejects the pending frame and later ones when the worker reports a lost engine', async () => {
    const { tracker, worker } = await loadFully();
    const tracking = tracker.track(createFrame(), createTrackedFrame());
    worker.answer({ type: 'lost', message: 'the GPU is gone' });
    const lost = { code: 'engine-failed', message: 'the GPU is gone' };
    await expect(tracking).rejects.toMatchObject(lost);
    await expect(tracker.track(createFrame(), createTrackedFrame())).rejects.toMatchObject(lost);
  });

  it('throws a TypeError for a frame without an image and for a second track() at a time', async () => {
    const { tracker } = await loadFully();
    expect(() => tracker.track({ ...createFrame(), image: null }, createTrackedFrame())).toThrow(TypeError);
    void tracker.track(createFrame(), createTrackedFrame()).catch(() => {});
    expect(() => tracker.track(createFrame(), createTrackedFrame())).toThrow(TypeError);
    tracker.close();
  });
});

import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { LazyMask } from './lazy-mask.ts';
import type {
  ConcreteModel,
  EngineName,
  SegmentationName,
  TrackedFrame,
  Tracker,
  TrackerLoadOptions,
  TrackOutcome,
} from './tracker.ts';
import type { MaskReply, TrackingReply, TrackingRequest, TrackingTimings } from './tracking-protocol.ts';

/** A tracker that also says where its time went. */
export interface WorkerTracker extends Tracker {
  /** Of the last frame. */
  readonly timings: Readonly<TrackingTimings>;
}

export interface WorkerTrackerOptions {
  engine: Exclude<EngineName, 'auto' | 'mediapipe'>;
  model: ConcreteModel;
  segmentation?: SegmentationName;
}

/** The workers' programs in `assets/runtime`. */
const scripts = { wasm: 'tracking-worker.js', webgpu: 'tracking-worker-webgpu.js' } as const;

/** A worker's first word comes when its script runs, some tens of kilobytes: later than this, something else came in its place. */
const AWAKE_MS = 20_000;

/** The track under way: at most one. */
interface PendingTrack {
  frame: Frame;
  target: TrackedFrame;
  resolve: (outcome: TrackOutcome) => void;
  reject: (cause: FittingError) => void;
}

/** The change of model under way: at most one. */
interface PendingChange {
  model: ConcreteModel;
  resolve: () => void;
  reject: (cause: FittingError) => void;
}

function closedError(): FittingError {
  return new FittingError('engine-failed', 'the tracker was closed');
}

/** Throws `FittingError` `unsupported-browser` where the worker could not do its work. */
function checkBrowser(): void {
  const needs = { Worker: 0, WebAssembly: 0, OffscreenCanvas: 0, createImageBitmap: 0 };
  const missing = Object.keys(needs).filter((name) => !(name in globalThis));
  if (missing.length > 0) throw new FittingError('unsupported-browser', `this browser has no ${missing.join(', no ')}`);
}

/** BlazePose in a worker, which leaves the page's thread free: on WebAssembly, which needs no GPU, or on WebGPU. */
export function createWorkerTracker({ engine, model, segmentation = 'pose' }: WorkerTrackerOptions): WorkerTracker {
  const timings: TrackingTimings = { cropMs: 0, inferenceMs: 0, totalMs: 0 };
  let worker: Worker | null = null;
  let loaded = false;
  let closed = false;
  let pending: PendingTrack | null = null;
  let current = model;
  let change: PendingChange | null = null;
  let spareMask: ArrayBuffer | null = null;
  let shownMask: ArrayBuffer | null = null;
  /** Two, so that a mask can still be read while the next frame is tracked. */
  const bitmapMasks: LazyMask[] = [];
  let frames = 0;
  let failLoad: ((cause: unknown) => void) | null = null;
  /** Why there is no worker. */
  let gone = new FittingError('engine-failed', 'the tracking worker is not running');

  const send = (request: TrackingRequest, transfer: Transferable[] = []): void =>
    worker?.postMessage(request, transfer);

  /** Ends the worker; what waits for it is told why. */
  const end = (cause: unknown, trackCause: FittingError): void => {
    worker?.terminate();
    worker = null;
    loaded = false;
    gone = trackCause;
    failLoad?.(cause);
    failLoad = null;
    const waiting = pending;
    pending = null;
    waiting?.reject(trackCause);
    change?.reject(trackCause);
    change = null;
  };

  const readMask = ({ width, height, pixels }: MaskReply, target: TrackedFrame): void => {
    if (pixels instanceof ArrayBuffer) {
      target.mask = { width, height, data: new Uint8ClampedArray(pixels) };
      spareMask = shownMask;
      shownMask = pixels;
      return;
    }
    const mask = (bitmapMasks[frames % 2] ??= new LazyMask());
    mask.draw(pixels, target.width, target.height);
    pixels.close();
    target.mask = mask;
  };

  const finish = (reply: Extract<TrackingReply, { type: 'tracked' }>): void => {
    const done = pending;
    pending = null;
    if (!done) {
      reply.image.close();
      return;
    }
    const { frame, target, resolve } = done;
    frame.image = reply.image;
    Object.assign(timings, reply.timings);
    target.timeMs = frame.timeMs;
    target.frame = frames++;
    current = reply.model;
    target.width = frame.width;
    target.height = frame.height;
    target.score = reply.score;
    target.mask = null;
    spareMask = reply.spareMask;
    if (reply.score > 0 && reply.mask) {
      target.landmarks.set(reply.landmarks);
      target.worldLandmarks.set(reply.world);
      readMask(reply.mask, target);
    }
    resolve('tracked');
  };

  /** Started, but not heard of yet. */
  let waking: Worker | null = null;
  const startWorker = (url: string): Promise<Worker> =>
    new Promise((resolve, reject) => {
      const unreachable = (cause?: unknown): void =>
        reject(
          new FittingError(
            'model-unreachable',
            `the tracking worker ${url} cannot be loaded${cause ? `: ${String(cause)}` : ''}`,
            { cause },
          ),
        );
      try {
        const started = new Worker(url, { name: 'fitting-room-tracking' });
        waking = started;
        const giveUp = (cause: string): void => {
          clearTimeout(timer);
          started.terminate();
          unreachable(cause);
        };
        const timer = setTimeout(giveUp, AWAKE_MS, 'it does not answer');
        started.onerror = (event) => {
          event.preventDefault();
          giveUp(event.message);
        };
        started.onmessage = () => {
          clearTimeout(timer);
          resolve(started);
        };
      } catch (cause) {
        unreachable(cause);
      }
    });

  return {
    engine,
    get model() {
      return current;
    },
    timings,

    async load({ assets, onProgress, signal }: TrackerLoadOptions): Promise<void> {
      if (worker) throw new TypeError('this tracker is loaded already; create another one');
      signal?.throwIfAborted();
      checkBrowser();
      const base = new URL(assets, document.baseURI).href;
      const started = await startWorker(`${base}runtime/${scripts[engine]}`);
      worker = started;
      const onAbort = (): void => end(signal?.reason, closedError());
      try {
        await new Promise<void>((resolve, reject) => {
          failLoad = reject;
          if (closed) return end(closedError(), closedError());
          if (signal?.aborted) return onAbort();
          signal?.addEventListener('abort', onAbort, { once: true });
          started.onerror = (event) => {
            event.preventDefault();
            const cause = new FittingError('engine-failed', `the tracking worker failed: ${event.message}`);
            end(cause, cause);
          };
          started.onmessage = ({ data }: MessageEvent<TrackingReply>) => {
            if (data.type === 'progress') onProgress?.(data.loaded, data.total);
            else if (data.type === 'tracked') finish(data);
            else if (data.type === 'loaded') resolve();
            else if (data.type === 'load-failed') {
              const cause = new FittingError(data.code, data.message);
              end(cause, cause);
            } else if (data.type === 'track-failed') {
              const failed = pending;
              pending = null;
              if (!failed) return data.image.close();
              failed.frame.image = data.image;
              failed.reject(new FittingError('engine-failed', data.message));
            } else if (data.type === 'lost') {
              const cause = new FittingError('engine-failed', data.message);
              end(cause, cause);
            } else if (data.type === 'model-used' || data.type === 'model-failed') {
              const { model: named } = data;
              if (change?.model !== named) return;
              const { resolve: done, reject: fail } = change;
              change = null;
              if (data.type === 'model-used') done();
              else fail(new FittingError(data.code, data.message));
            }
          };
          send({ type: 'load', assets: base, model, segmentation });
        });
        loaded = true;
      } finally {
        failLoad = null;
        signal?.removeEventListener('abort', onAbort);
      }
    },

    track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome> {
      const { image } = frame;
      if (!image) throw new TypeError('track() wants a frame that holds an image');
      if (pending) throw new TypeError('track() is busy: one frame at a time');
      if (!worker || !loaded) return Promise.reject(gone);
      return new Promise((resolve, reject) => {
        const { width, height, timeMs } = frame;
        try {
          send({ type: 'track', image, width, height, timeMs, spareMask }, spareMask ? [image, spareMask] : [image]);
        } catch (cause) {
          // Nothing is under way then.
          throw new FittingError(
            'source-unreadable',
            "The frame's image cannot be handed to the tracker: was it closed, or is it no ImageBitmap or VideoFrame?",
            { cause },
          );
        }
        pending = { frame, target, resolve, reject };
        frame.image = null;
        spareMask = null;
      });
    },

    useModel(next: ConcreteModel): Promise<void> {
      if (!worker || !loaded) return Promise.reject(gone);
      // A newer wish supersedes the older, whose owner need not hear of it.
      change?.resolve();
      return new Promise((resolve, reject) => {
        change = { model: next, resolve, reject };
        send({ type: 'use-model', model: next });
      });
    },

    reset(): void {
      send({ type: 'reset' });
    },

    close(): void {
      closed = true;
      if (!worker) waking?.terminate();
      end(closedError(), closedError());
    },
  };
}

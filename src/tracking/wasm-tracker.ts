import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { Landmark, ModelName, TrackedFrame, Tracker, TrackerLoadOptions } from './tracker.ts';
import { LANDMARK_VALUES, type TrackingReply, type TrackingRequest, type TrackingTimings } from './tracking-protocol.ts';

/** A tracker that also says where its time went. */
export interface WasmTracker extends Tracker {
  /** Of the last frame. */
  readonly timings: Readonly<TrackingTimings>;
}

/** The track under way: at most one. */
interface PendingTrack {
  frame: Frame;
  target: TrackedFrame;
  resolve: () => void;
  reject: (cause: FittingError) => void;
}

const readLandmarks = (values: Float32Array, target: Landmark[]): void => {
  for (let i = 0; i < target.length; i++) {
    const at = i * LANDMARK_VALUES;
    const landmark = target[i];
    landmark.x = values[at];
    landmark.y = values[at + 1];
    landmark.z = values[at + 2];
    landmark.visibility = values[at + 3];
  }
};

const closedError = (): FittingError => new FittingError('engine-failed', 'the tracker was closed');

/** Throws `FittingError` `unsupported-browser` where the worker could not do its work. */
const checkBrowser = (): void => {
  const needs = { Worker: 0, WebAssembly: 0, OffscreenCanvas: 0, createImageBitmap: 0 };
  const missing = Object.keys(needs).filter((name) => !(name in globalThis));
  if (missing.length > 0) throw new FittingError('unsupported-browser', `this browser has no ${missing.join(', no ')}`);
};

/**
 * BlazePose in a worker, on WebAssembly: needs no GPU and leaves the page's thread free. Model `auto` is `full`: within
 * reach of a phone's frame time and far steadier than `lite`.
 */
export const createWasmTracker = ({ model = 'auto' }: { model?: ModelName } = {}): WasmTracker => {
  const chosen = model === 'auto' ? 'full' : model;
  const timings: TrackingTimings = { cropMs: 0, inferenceMs: 0, totalMs: 0 };
  let worker: Worker | null = null;
  let loaded = false;
  let closed = false;
  let pending: PendingTrack | null = null;
  let spareMask: ArrayBuffer | null = null;
  let shownMask: ArrayBuffer | null = null;
  let frames = 0;
  let failLoad: ((cause: unknown) => void) | null = null;

  const send = (request: TrackingRequest, transfer: Transferable[] = []): void => worker?.postMessage(request, transfer);

  /** Ends the worker; what waits for it is told why. */
  const end = (cause: unknown, trackCause: FittingError): void => {
    worker?.terminate();
    worker = null;
    loaded = false;
    failLoad?.(cause);
    failLoad = null;
    const waiting = pending;
    pending = null;
    waiting?.reject(trackCause);
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
    target.width = frame.width;
    target.height = frame.height;
    target.score = reply.score;
    if (reply.score > 0 && reply.maskBuffer) {
      readLandmarks(reply.landmarks, target.landmarks);
      readLandmarks(reply.world, target.worldLandmarks);
      target.mask = { width: reply.maskWidth, height: reply.maskHeight, data: new Uint8ClampedArray(reply.maskBuffer) };
      spareMask = shownMask;
      shownMask = reply.maskBuffer;
    } else {
      target.mask = null;
      spareMask = reply.maskBuffer;
    }
    resolve();
  };

  const startWorker = (url: string): Promise<Worker> =>
    new Promise((resolve, reject) => {
      const unreachable = (cause?: unknown): void =>
        reject(new FittingError('model-unreachable', `the tracking worker ${url} cannot be loaded`, { cause }));
      try {
        const started = new Worker(url, { name: 'fitting-room-tracking' });
        started.onerror = (event) => {
          event.preventDefault();
          started.terminate();
          unreachable(event.message);
        };
        started.onmessage = () => resolve(started);
      } catch (cause) {
        unreachable(cause);
      }
    });

  return {
    engine: 'wasm',
    model: chosen,
    timings,

    async load({ assets, onProgress, signal }: TrackerLoadOptions): Promise<void> {
      if (worker) throw new TypeError('this tracker is loaded already; create another one');
      signal?.throwIfAborted();
      checkBrowser();
      const base = new URL(assets, document.baseURI).href;
      const started = await startWorker(`${base}runtime/tracking-worker.js`);
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
            }
          };
          send({ type: 'load', assets: base, model: chosen });
        });
        loaded = true;
      } finally {
        failLoad = null;
        signal?.removeEventListener('abort', onAbort);
      }
    },

    track(frame: Frame, target: TrackedFrame): Promise<void> {
      const { image } = frame;
      if (!image) throw new TypeError('track() wants a frame that holds an image');
      if (pending) throw new TypeError('track() is busy: one frame at a time');
      if (!worker || !loaded) return Promise.reject(new FittingError('engine-failed', 'the tracking worker is not running'));
      return new Promise((resolve, reject) => {
        pending = { frame, target, resolve, reject };
        frame.image = null;
        const maskBuffer = spareMask;
        spareMask = null;
        const { width, height, timeMs } = frame;
        send({ type: 'track', image, width, height, timeMs, maskBuffer }, maskBuffer ? [image, maskBuffer] : [image]);
      });
    },

    reset(): void {
      send({ type: 'reset' });
    },

    close(): void {
      closed = true;
      end(closedError(), closedError());
    },
  };
};

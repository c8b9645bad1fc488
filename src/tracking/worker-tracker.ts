import type { Frame } from '../capture/frame-source.ts';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import { noteRequest } from '../note-request.ts';
import { closedError } from './closed-error.ts';
import { FileFault } from './file-fault.ts';
import { LazyMask } from './lazy-mask.ts';
import { SpareBuffer } from './spare-buffer.ts';
import { startWorker } from './start-worker.ts';
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

/**
 * A tracker that runs BlazePose in a worker, so that the page's thread stays free. Engine `wasm` runs on WebAssembly
 * and needs no GPU; `webgpu` runs on the GPU. Input: frames, each an image with its size (px) and time (ms). Output: a
 * `TrackedFrame`, with 33 × (x, y, z, visibility) and a mask of 0..255. In the worker `serveTracking` answers.
 *
 * 1. `load` starts the worker from `<assets>runtime/`, waits for its first message, and has it load the networks.
 * 2. `track` transfers the frame's image to the worker. The reply transfers it back with landmarks and mask, which are
 *    written into the target.
 * 3. The mask is an array of bytes, whose buffers are sent back for reuse, or a bitmap on the GPU, whose bytes are read
 *    when `mask.data` is used.
 * 4. When the worker fails or the tracker is closed, pending and later calls reject with `FittingError`.
 */

/** A tracker that also measures the durations of its parts. */
export interface WorkerTracker extends Tracker {
  /** Durations of the last tracked frame in the worker, ms; the object is overwritten by the next frame. */
  readonly timings: Readonly<TrackingTimings>;
}

/** Engine, first landmark model, and network of the person mask (`pose` by default, or `selfie`). */
export interface WorkerTrackerOptions {
  /** `wasm` (CPU) or `webgpu`. */
  engine: Exclude<EngineName, 'auto' | 'mediapipe'>;
  model: ConcreteModel;
  segmentation?: SegmentationName;
  /** Whether `wasm` uses LiteRT's whole file instead of the trimmed one; false by default. */
  isWhole?: boolean;
}

/** Scripts of the workers, in `assets/runtime`. */
const SCRIPTS = { wasm: 'tracking-worker.js', webgpu: 'tracking-worker-webgpu.js' } as const;

/** A `track` call (its frame, target and promise) that waits for the worker's reply; at most one at a time. */
interface PendingTrack {
  frame: Frame;
  target: TrackedFrame;
  resolve: (outcome: TrackOutcome) => void;
  reject: (cause: FittingError) => void;
}

/** A `useModel` call that waits for the worker's reply; at most one at a time. */
interface PendingModelChange {
  model: ConcreteModel;
  resolve: () => void;
  reject: (cause: FittingError) => void;
}

/** Throws `FittingError` `unsupported-browser`, which names the missing features, if the worker cannot run here. */
function checkBrowser(): void {
  const missing = ['Worker', 'WebAssembly', 'OffscreenCanvas', 'createImageBitmap'].filter(
    (name) => !(name in globalThis),
  );
  if (missing.length > 0) throw new FittingError('unsupported-browser', `this browser has no ${missing.join(', no ')}`);
}

/**
 * Returns the error of a failure in the worker: a `FileFault` where a file is to blame (`file`, its URL, else null). If
 * WebAssembly stopped in the midst of a function (`isTrap`), its cause is a `WebAssembly.RuntimeError`, as in the worker.
 */
function workerError(code: FittingErrorCode, message: string, isTrap: boolean, file: string | null): FittingError {
  const options = isTrap ? { cause: new WebAssembly.RuntimeError(message) } : undefined;
  return file ? new FileFault(code, file, message, options) : new FittingError(code, message, options);
}

/** Creates the tracker, which finds a person in frames; call its `load` next. */
export function createWorkerTracker({
  engine,
  model,
  segmentation = 'pose',
  isWhole = false,
}: WorkerTrackerOptions): WorkerTracker {
  const timings: TrackingTimings = { cropMs: 0, inferenceMs: 0, totalMs: 0 };
  let worker: Worker | null = null;
  let isLoaded = false;
  /** Aborts when the tracker is closed. */
  const closing = new AbortController();
  let pendingTrack: PendingTrack | null = null;
  let modelInUse = model;
  let modelChange: PendingModelChange | null = null;
  /** The last mask and the last classes may still be read while the next ones are written. */
  const maskBuffers = new SpareBuffer();
  const classBuffers = new SpareBuffer();
  let wantsClasses = false;
  /** Two masks, used alternately, so that a mask can still be read while the next frame is tracked. */
  const bitmapMasks: LazyMask[] = [];
  let trackedFrames = 0;
  /** Rejects the `load` that is in progress. */
  let failLoad: ((cause: unknown) => void) | null = null;
  /** Error of calls while there is no worker. */
  let endCause = new FittingError('engine-failed', 'the tracking worker is not running');

  const send = (request: TrackingRequest, transfer: Transferable[] = []): void =>
    worker?.postMessage(request, transfer);

  /**
   * Ends the worker. Rejects a pending `load` with `loadCause`, and a pending `track` or `useModel` with `trackCause`.
   */
  const end = (loadCause: unknown, trackCause: FittingError): void => {
    worker?.terminate();
    worker = null;
    isLoaded = false;
    endCause = trackCause;
    failLoad?.(loadCause);
    failLoad = null;
    const waiting = pendingTrack;
    pendingTrack = null;
    waiting?.reject(trackCause);
    modelChange?.reject(trackCause);
    modelChange = null;
  };

  /** Writes the mask of a reply into `target`. */
  const writeMask = ({ width, height, pixels }: MaskReply, target: TrackedFrame): void => {
    if (pixels instanceof ArrayBuffer) {
      target.mask = { width, height, data: maskBuffers.show(pixels) };
      return;
    }
    const mask = (bitmapMasks[trackedFrames % 2] ??= new LazyMask());
    mask.draw(pixels, target.width, target.height);
    pixels.close();
    target.mask = mask;
  };

  /** Settles the pending `track` with what the worker found. */
  const finishTrack = (reply: Extract<TrackingReply, { type: 'tracked' }>): void => {
    const finished = pendingTrack;
    pendingTrack = null;
    if (!finished) return void reply.image.close();
    const { frame, target, resolve } = finished;
    frame.image = reply.image;
    Object.assign(timings, reply.timings);
    target.timeMs = frame.timeMs;
    target.frame = trackedFrames++;
    modelInUse = reply.model;
    target.width = frame.width;
    target.height = frame.height;
    target.score = reply.score;
    target.mask = null;
    target.classes = null;
    maskBuffers.giveBack(reply.spareMask);
    classBuffers.giveBack(reply.spareClasses);
    if (reply.score > 0 && reply.mask) {
      target.landmarks.set(reply.landmarks);
      target.worldLandmarks.set(reply.world);
      writeMask(reply.mask, target);
      const { width, height } = reply.mask;
      target.classes = reply.classes && { width, height, data: classBuffers.show(reply.classes) };
    }
    resolve('tracked');
  };

  return {
    engine,
    get model() {
      return modelInUse;
    },
    timings,

    async load({ assets, onProgress, signal }: TrackerLoadOptions): Promise<void> {
      if (worker) throw new TypeError('this tracker is loaded already; create another one');
      signal?.throwIfAborted();
      checkBrowser();
      const base = new URL(assets, document.baseURI).href;
      const started = await startWorker(`${base}runtime/${SCRIPTS[engine]}`, closing.signal);
      worker = started;
      const onAbort = (): void => end(signal?.reason, closedError());
      try {
        await new Promise<void>((resolve, reject) => {
          failLoad = reject;
          if (signal?.aborted) return onAbort();
          signal?.addEventListener('abort', onAbort, { once: true });
          started.onerror = (event) => {
            event.preventDefault();
            const cause = new FittingError('engine-failed', `the tracking worker failed: ${event.message}`);
            end(cause, cause);
          };
          started.onmessage = ({ data }: MessageEvent<TrackingReply>) => {
            if (data.type === 'progress') onProgress?.(data.loaded, data.total);
            else if (data.type === 'requested') data.urls.forEach(noteRequest);
            else if (data.type === 'tracked') finishTrack(data);
            else if (data.type === 'loaded') resolve();
            else if (data.type === 'load-failed') {
              const cause = workerError(data.code, data.message, data.isTrap, data.file);
              end(cause, cause);
            } else if (data.type === 'track-failed') {
              const failed = pendingTrack;
              pendingTrack = null;
              if (!failed) return data.image.close();
              failed.frame.image = data.image;
              failed.reject(workerError('engine-failed', data.message, data.isTrap, null));
            } else if (data.type === 'lost') {
              const cause = new FittingError('engine-failed', data.message);
              end(cause, cause);
            } else if (data.type === 'model-used' || data.type === 'model-failed') {
              // The reply to a superseded change.
              if (modelChange?.model !== data.model) return;
              const change = modelChange;
              modelChange = null;
              if (data.type === 'model-used') change.resolve();
              else change.reject(new FittingError(data.code, data.message));
            }
          };
          send({ type: 'load', assets: base, model, segmentation, isWhole });
        });
        isLoaded = true;
      } finally {
        failLoad = null;
        signal?.removeEventListener('abort', onAbort);
      }
    },

    track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome> {
      const { image } = frame;
      if (!image) throw new TypeError('track() wants a frame that holds an image');
      if (pendingTrack) throw new TypeError('track() is busy: one frame at a time');
      if (!worker || !isLoaded) return Promise.reject(endCause);
      return new Promise((resolve, reject) => {
        const { width, height, timeMs } = frame;
        try {
          const spare = { spareMask: maskBuffers.take(), spareClasses: classBuffers.take() };
          const transfer = [image, ...Object.values(spare)].filter((each) => each !== null);
          send({ type: 'track', image, width, height, timeMs, ...spare, wantsClasses }, transfer);
        } catch (cause) {
          throw new FittingError(
            'source-unreadable',
            "The frame's image cannot be handed to the tracker: was it closed, or is it no ImageBitmap or VideoFrame?",
            { cause },
          );
        }
        pendingTrack = { frame, target, resolve, reject };
        frame.image = null;
      });
    },

    useModel(next: ConcreteModel): Promise<void> {
      if (!worker || !isLoaded) return Promise.reject(endCause);
      // A newer call supersedes an older one, which resolves without effect.
      modelChange?.resolve();
      return new Promise((resolve, reject) => {
        modelChange = { model: next, resolve, reject };
        send({ type: 'use-model', model: next });
      });
    },

    findClasses(isWanted: boolean): void {
      wantsClasses = isWanted;
    },

    reset(): void {
      send({ type: 'reset' });
    },

    close(): void {
      closing.abort(closedError());
      end(closedError(), closedError());
    },
  };
}

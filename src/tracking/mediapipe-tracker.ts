import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { CanvasClasses } from './canvas-classes.ts';
import { closedError } from './closed-error.ts';
import { LazyMask } from './lazy-mask.ts';
import type { loadMediaPipe, MediaPipeRuntime } from './mediapipe-runtime.ts';
import type { ConcreteModel, TrackedFrame, Tracker, TrackerLoadOptions, TrackOutcome } from './tracker.ts';

/**
 * A tracker on the `mediapipe` engine: `@mediapipe/pose` finds the landmarks and body-segmentation the person mask, by
 * WebGL on the page's thread. It serves for comparison, and for browsers whose GPU is faster than their WebAssembly.
 * Input: frames, each an image with its size (px) and time (ms). Output: a `TrackedFrame`, with 33 × (x, y, z,
 * visibility) and a mask of 0..255. Each `track`:
 *
 * 1. Draws the frame on a canvas, which both packages read.
 * 2. Finds the pose; if there is one, computes the mask.
 * 3. Writes both into the target. The mask stays on a canvas until its bytes are read.
 */

/**
 * Score of a frame in which MediaPipe found a person. It reports no score, and gives landmarks only above its
 * threshold.
 */
const FOUND_SCORE = 1;

/**
 * A pose landmark as MediaPipe gives it: x, y and z in the unit of its list (shares of the frame, or metres);
 * `visibility` 0..1.
 */
interface MediaPipeLandmark {
  x: number;
  y: number;
  z: number;
  visibility?: number;
}

/** Writes 33 landmark objects into an array of 33 × (x, y, z, visibility); a missing visibility is 0. */
function writeLandmarks(landmarks: readonly MediaPipeLandmark[], target: Float32Array): void {
  for (let i = 0; i < target.length; i += LANDMARK_VALUES) {
    const { x, y, z, visibility = 0 } = landmarks[i / LANDMARK_VALUES];
    target[i] = x;
    target[i + 1] = y;
    target[i + 2] = z;
    target[i + 3] = visibility;
  }
}

/** Returns the canvas's 2D context, or throws `FittingError` `unsupported-browser`. */
function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new FittingError('unsupported-browser', 'this browser has no 2D canvas');
  return context;
}

/** Imports the runtime's module by URL: it is a file of the page's assets, unknown to bundlers. */
async function importRuntime(url: string): Promise<{ loadMediaPipe: typeof loadMediaPipe }> {
  try {
    return (await import(/* @vite-ignore */ url)) as { loadMediaPipe: typeof loadMediaPipe };
  } catch (cause) {
    throw new FittingError('model-unreachable', `${url} cannot be loaded`, { cause });
  }
}

/** Creates the tracker; call its `load` next. `model` (`lite`, `full` or `heavy`) stays as it is created. */
export function createMediaPipeTracker({ model }: { model: ConcreteModel }): Tracker {
  /** Two masks, used alternately, so that a mask can still be read while the next frame is tracked. */
  const masks: LazyMask[] = [];
  let runtime: MediaPipeRuntime | null = null;
  /**
   * A WebGL context that shows whether the GPU was lost: MediaPipe's own contexts cannot be reached, but are lost with
   * it. After the loss MediaPipe finds no person and reports no error.
   */
  let gpu: WebGL2RenderingContext | null = null;
  /** Canvas with a copy of the frame, which MediaPipe reads. */
  let picture: CanvasRenderingContext2D | null = null;
  const classes = new CanvasClasses();
  let wantsClasses = false;
  let isClosed = false;
  let isBusy = false;
  let trackedFrames = 0;
  /** Milliseconds that `timestampOf` adds to the source's times, and the last time that it returned. */
  let shiftMs = 0;
  let lastMs = 0;

  /**
   * Returns MediaPipe's time of a frame, ms. It must be above 0 and rise, even when another source starts its clock
   * anew.
   */
  const timestampOf = (timeMs: number): number => {
    if (timeMs + shiftMs <= lastMs) shiftMs = lastMs + 1 - timeMs;
    lastMs = timeMs + shiftMs;
    return lastMs;
  };

  return {
    engine: 'mediapipe',
    model,

    async load({ assets, onProgress, signal }: TrackerLoadOptions): Promise<void> {
      if (runtime) throw new TypeError('this tracker is loaded already; create another one');
      signal?.throwIfAborted();
      gpu = document.createElement('canvas').getContext('webgl2');
      if (!('WebAssembly' in globalThis) || !gpu) {
        throw new FittingError('unsupported-browser', 'MediaPipe needs WebAssembly and WebGL 2');
      }
      const folder = `${new URL(assets, document.baseURI).href}runtime/`;
      const module = await importRuntime(`${folder}mediapipe-runtime.js`);
      signal?.throwIfAborted();
      let loaded: MediaPipeRuntime;
      try {
        loaded = await module.loadMediaPipe(folder, model, (done, total) => {
          if (!signal?.aborted) onProgress?.(done, total);
        });
      } catch (cause) {
        // The runtime is a separate bundle with its own copy of the error class.
        const { code, message } = cause as Partial<FittingError>;
        throw new FittingError(code ?? 'engine-failed', message ?? String(cause), { cause });
      }
      if (isClosed || signal?.aborted) {
        loaded.close();
        signal?.throwIfAborted();
        throw closedError();
      }
      picture = contextOf(document.createElement('canvas'));
      masks.push(new LazyMask(), new LazyMask());
      runtime = loaded;
    },

    async track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome> {
      const { image, width, height, timeMs } = frame;
      if (!image) throw new TypeError('track() wants a frame that holds an image');
      if (isBusy) throw new TypeError('track() is busy: one frame at a time');
      if (!runtime || !picture) throw new FittingError('engine-failed', 'the tracker is not loaded');
      isBusy = true;
      try {
        const { canvas } = picture;
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        picture.drawImage(image, 0, 0, width, height);
        const { poseLandmarks, poseWorldLandmarks } = await runtime.findPose(canvas, timestampOf(timeMs));
        const coverage = poseLandmarks ? await runtime.segment(canvas) : null;
        // Also after `close`: a late result must not be written into a target that is in use again.
        if (!gpu || gpu.isContextLost()) throw new Error('the GPU was taken away');
        target.timeMs = timeMs;
        target.frame = trackedFrames++;
        target.width = width;
        target.height = height;
        target.score = poseLandmarks ? FOUND_SCORE : 0;
        target.mask = null;
        target.classes = null;
        if (poseLandmarks) {
          writeLandmarks(poseLandmarks, target.landmarks);
          writeLandmarks(poseWorldLandmarks, target.worldLandmarks);
        }
        if (coverage) {
          const mask = masks[trackedFrames % masks.length];
          mask.draw(coverage, width, height);
          target.mask = mask;
          if (wantsClasses && poseLandmarks) target.classes = classes.find(canvas, mask, target.landmarks);
          else classes.reset();
        }
        return 'tracked';
      } catch (cause) {
        throw new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
      } finally {
        isBusy = false;
      }
    },

    findClasses(isWanted: boolean): void {
      wantsClasses = isWanted;
    },

    reset(): void {
      classes.reset();
      runtime?.reset();
    },

    close(): void {
      isClosed = true;
      runtime?.close();
      runtime = null;
      gpu?.getExtension('WEBGL_lose_context')?.loseContext();
      gpu = null;
    },
  };
}

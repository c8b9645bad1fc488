import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { LazyMask } from './lazy-mask.ts';
import type { loadMediaPipe, MediaPipeRuntime } from './mediapipe-runtime.ts';
import type { ConcreteModel, TrackedFrame, Tracker, TrackerLoadOptions, TrackOutcome } from './tracker.ts';

/** MediaPipe keeps its pose score to itself and answers only above its own threshold: an answer counts as certain. */
const FOUND = 1;

interface MediaPipeLandmark {
  x: number;
  y: number;
  z: number;
  visibility?: number;
}

function writeLandmarks(landmarks: readonly MediaPipeLandmark[], target: Float32Array): void {
  for (let i = 0; i < target.length; i += LANDMARK_VALUES) {
    const { x, y, z, visibility = 0 } = landmarks[i / LANDMARK_VALUES];
    target[i] = x;
    target[i + 1] = y;
    target[i + 2] = z;
    target[i + 3] = visibility;
  }
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new FittingError('unsupported-browser', 'this browser has no 2D canvas');
  return context;
}

/** The runtime's module, fetched by URL: it is a file of the page's assets, which no bundler follows. */
async function importRuntime(url: string): Promise<{ loadMediaPipe: typeof loadMediaPipe }> {
  try {
    return (await import(/* @vite-ignore */ url)) as { loadMediaPipe: typeof loadMediaPipe };
  } catch (cause) {
    throw new FittingError('model-unreachable', `${url} cannot be loaded`, { cause });
  }
}

/**
 * `@mediapipe/pose` for the landmarks and body-segmentation for the person mask, on the page's own thread and WebGL: for
 * comparison, and for browsers whose GPU outruns their WebAssembly.
 */
export function createMediaPipeTracker({ model }: { model: ConcreteModel }): Tracker {
  /** Two, so that a mask can still be read while the next frame is tracked. */
  const masks: LazyMask[] = [];
  let runtime: MediaPipeRuntime | null = null;
  /** Shares the fate of MediaPipe's own contexts, which are out of reach: without the GPU they find nobody and say nothing. */
  let gpu: WebGL2RenderingContext | null = null;
  let picture: CanvasRenderingContext2D | null = null;
  let closed = false;
  let busy = false;
  let frames = 0;
  let shiftMs = 0;
  let lastMs = 0;

  /** MediaPipe wants times that rise from 1 for as long as it lives; a source may start anew. */
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
        // The runtime is a bundle of its own, with its own copy of the error class.
        const { code, message } = cause as Partial<FittingError>;
        throw new FittingError(code ?? 'engine-failed', message ?? String(cause), { cause });
      }
      if (closed || signal?.aborted) {
        loaded.close();
        signal?.throwIfAborted();
        throw new FittingError('engine-failed', 'the tracker was closed');
      }
      picture = contextOf(document.createElement('canvas'));
      masks.push(new LazyMask(), new LazyMask());
      runtime = loaded;
    },

    async track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome> {
      const { image, width, height, timeMs } = frame;
      if (!image) throw new TypeError('track() wants a frame that holds an image');
      if (busy) throw new TypeError('track() is busy: one frame at a time');
      if (!runtime || !picture) throw new FittingError('engine-failed', 'the tracker is not loaded');
      busy = true;
      try {
        const { canvas } = picture;
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        picture.drawImage(image, 0, 0, width, height);
        const { poseLandmarks, poseWorldLandmarks } = await runtime.findPose(canvas, timestampOf(timeMs));
        const coverage = poseLandmarks ? await runtime.segment(canvas) : null;
        // Also once closed: an answer that comes late must not reach a target that is used again.
        if (!gpu || gpu.isContextLost()) throw new Error('the GPU was taken away');
        target.timeMs = timeMs;
        target.frame = frames++;
        target.width = width;
        target.height = height;
        target.score = poseLandmarks ? FOUND : 0;
        target.mask = null;
        if (poseLandmarks) {
          writeLandmarks(poseLandmarks, target.landmarks);
          writeLandmarks(poseWorldLandmarks, target.worldLandmarks);
        }
        if (coverage) {
          const mask = masks[frames % masks.length];
          mask.draw(coverage, width, height);
          target.mask = mask;
        }
        return 'tracked';
      } catch (cause) {
        throw new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
      } finally {
        busy = false;
      }
    },

    reset(): void {
      runtime?.reset();
    },

    close(): void {
      closed = true;
      runtime?.close();
      runtime = null;
      gpu?.getExtension('WEBGL_lose_context')?.loseContext();
      gpu = null;
    },
  };
}

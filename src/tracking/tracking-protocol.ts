import type { FrameImage } from '../capture/frame-source.ts';
import type { FittingErrorCode } from '../errors.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** A message from the page (`createWorkerTracker`) to the tracking worker (`serveTracking`). */
export type TrackingRequest =
  | { type: 'load'; assets: string; model: ConcreteModel; segmentation: SegmentationName }
  | { type: 'use-model'; model: ConcreteModel }
  /** `image` and `spareMask` are transferred; the worker writes the mask into `spareMask` if its length fits. */
  | { type: 'track'; image: FrameImage; width: number; height: number; timeMs: number; spareMask: ArrayBuffer | null }
  | { type: 'reset' };

/** The person mask in a reply: coverage 0..255, as `width` × `height` bytes or as the alpha of a bitmap on the GPU. */
export interface MaskReply {
  width: number;
  height: number;
  pixels: ArrayBuffer | ImageBitmap;
}

/** A message from the tracking worker to the page. */
export type TrackingReply =
  /** The first message: the worker's script runs. */
  | { type: 'awake' }
  | { type: 'progress'; loaded: number; total: number }
  | { type: 'loaded' }
  | { type: 'load-failed'; code: FittingErrorCode; message: string }
  | { type: 'model-used'; model: ConcreteModel }
  /** The model before stays in use. */
  | { type: 'model-failed'; model: ConcreteModel; code: FittingErrorCode; message: string }
  /**
   * `landmarks`, `world`: 33 × (x, y, z, visibility), as in `TrackedFrame`. When nobody was found, `mask` is null.
   * `spareMask` is the buffer of the request if it was not used.
   */
  | {
      type: 'tracked';
      image: FrameImage;
      model: ConcreteModel;
      score: number;
      landmarks: Float32Array;
      world: Float32Array;
      mask: MaskReply | null;
      spareMask: ArrayBuffer | null;
      timings: TrackingTimings;
    }
  | { type: 'track-failed'; image: FrameImage; message: string }
  /** The engine can track no more frames. May come at any time. */
  | { type: 'lost'; message: string };

/** Durations of the parts of one frame in the worker, milliseconds. */
export interface TrackingTimings {
  cropMs: number;
  inferenceMs: number;
  /** From the arrival of the frame in the worker to its reply. */
  totalMs: number;
}

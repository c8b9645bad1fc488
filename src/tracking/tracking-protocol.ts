import type { FrameImage } from '../capture/frame-source.ts';
import type { FittingErrorCode } from '../errors.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** What the page tells the tracking worker. */
export type TrackingRequest =
  | { type: 'load'; assets: string; model: ConcreteModel; segmentation: SegmentationName }
  | { type: 'use-model'; model: ConcreteModel }
  /** `image` and `spareMask` travel; `spareMask` is reused when it fits. */
  | { type: 'track'; image: FrameImage; width: number; height: number; timeMs: number; spareMask: ArrayBuffer | null }
  | { type: 'reset' };

/** The person mask on its way: coverage 0..255 as bytes, or as the alpha of a bitmap that lives on the GPU. */
export interface MaskReply {
  width: number;
  height: number;
  pixels: ArrayBuffer | ImageBitmap;
}

/** What the tracking worker tells the page. */
export type TrackingReply =
  /** The worker's script runs. */
  | { type: 'awake' }
  | { type: 'progress'; loaded: number; total: number }
  | { type: 'loaded' }
  | { type: 'load-failed'; code: FittingErrorCode; message: string }
  | { type: 'model-used'; model: ConcreteModel }
  /** The model before stays at work. */
  | { type: 'model-failed'; model: ConcreteModel; code: FittingErrorCode; message: string }
  /** `landmarks`, `world`: 33 × 4 (x, y, z, visibility); the mask is null when nobody was found, and the spare one is back. */
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
  /** The engine is gone for good, whether or not a frame is under way. */
  | { type: 'lost'; message: string };

/** Where one frame's time went in the worker, milliseconds. */
export interface TrackingTimings {
  cropMs: number;
  inferenceMs: number;
  /** Of everything, from the frame's arrival to its answer. */
  totalMs: number;
}

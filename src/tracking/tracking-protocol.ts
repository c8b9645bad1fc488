import type { FittingErrorCode } from '../errors.ts';
import type { ModelName } from './tracker.ts';

/** Values of a landmark on the wire: x, y, z, visibility. */
export const LANDMARK_VALUES = 4;

/** What the page tells the tracking worker. */
export type TrackingRequest =
  | { type: 'load'; assets: string; model: Exclude<ModelName, 'auto'> }
  /** `image` and `maskBuffer` travel; `maskBuffer` is reused when it fits. */
  | {
      type: 'track';
      image: ImageBitmap | VideoFrame;
      width: number;
      height: number;
      timeMs: number;
      maskBuffer: ArrayBuffer | null;
    }
  | { type: 'reset' };

/** What the tracking worker tells the page. */
export type TrackingReply =
  /** The worker's script runs. */
  | { type: 'awake' }
  | { type: 'progress'; loaded: number; total: number }
  | { type: 'loaded' }
  | { type: 'load-failed'; code: FittingErrorCode; message: string }
  /** `landmarks`, `world`: 33 × 4 (x, y, z, visibility); the mask is null when nobody was found. */
  | {
      type: 'tracked';
      image: ImageBitmap | VideoFrame;
      score: number;
      landmarks: Float32Array;
      world: Float32Array;
      maskBuffer: ArrayBuffer | null;
      maskWidth: number;
      maskHeight: number;
      timings: TrackingTimings;
    }
  | { type: 'track-failed'; image: ImageBitmap | VideoFrame; message: string };

/** Milliseconds that the worker spent on one frame. */
export interface TrackingTimings {
  /** Drawing crops and reading them back. */
  cropMs: number;
  /** Inside the networks. */
  inferenceMs: number;
  /** From the frame's arrival to the answer. */
  totalMs: number;
}

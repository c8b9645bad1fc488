import type { FrameImage } from '../capture/frame-source.ts';
import type { FittingErrorCode } from '../errors.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** A message from the page (`createWorkerTracker`) to the tracking worker (`serveTracking`). */
export type TrackingRequest =
  /**
   * `assets`: absolute base URL of worker, models and wasm, with a trailing slash. `model`: first landmark model.
   * `isWhole`: whether the engine `wasm` uses LiteRT's whole file, because the trimmed one has failed.
   */
  | { type: 'load'; assets: string; model: ConcreteModel; segmentation: SegmentationName; isWhole: boolean }
  /** Loads another landmark model and uses it from then on. */
  | { type: 'use-model'; model: ConcreteModel }
  /**
   * A frame of `width` × `height` px and time `timeMs`. `image` and the spare buffers are transferred; the worker writes
   * mask and classes into them if they have the right length. `wantsClasses`: whether the reply has classes.
   */
  | {
      type: 'track';
      image: FrameImage;
      width: number;
      height: number;
      timeMs: number;
      spareMask: ArrayBuffer | null;
      spareClasses: ArrayBuffer | null;
      wantsClasses: boolean;
    }
  /** The worker forgets the person. */
  | { type: 'reset' };

/** The person mask of a whole frame in a reply. */
export interface MaskReply {
  /** Size of the mask, px. */
  width: number;
  height: number;
  /** Coverage 0..255: as `width` × `height` bytes, rows from the top, or as the alpha of a bitmap on the GPU. */
  pixels: ArrayBuffer | ImageBitmap;
}

/** A message from the tracking worker to the page. */
export type TrackingReply =
  /** The first message: the worker's script runs. */
  | { type: 'awake' }
  /** Bytes downloaded so far, and their total. */
  | { type: 'progress'; loaded: number; total: number }
  /** The worker has sent requests to these addresses. */
  | { type: 'requested'; urls: string[] }
  /** The networks are loaded: frames can be tracked. */
  | { type: 'loaded' }
  /**
   * The load failed; code and message of the error. `file`: the URL of the file to blame, null if it is none. `isTrap`:
   * whether WebAssembly stopped in the midst of a function, as it does where a trimmed file lacks a function that is
   * called.
   */
  | { type: 'load-failed'; code: FittingErrorCode; message: string; file: string | null; isTrap: boolean }
  /** The model is in use from the next frame on. */
  | { type: 'model-used'; model: ConcreteModel }
  /** The model in use stays. */
  | { type: 'model-failed'; model: ConcreteModel; code: FittingErrorCode; message: string }
  /**
   * What was found in a frame. `score`: probability 0..1 of a person, 0 when none was found. `landmarks`: 33 × (x, y,
   * z, visibility), x and y as shares of the frame from its top left, z on the scale of x, smaller nearer the camera;
   * `world`: the same in metres from the middle of the hips, x right, y down, z away from the camera. `mask` is null
   * when no person was found. `image` is returned to the page, as is `spareMask` if it was not used.
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
      /** Classes of the pixels (`PixelClasses.data`) in the size of the mask; null when nobody asked for them. */
      classes: ArrayBuffer | null;
      spareClasses: ArrayBuffer | null;
      timings: TrackingTimings;
    }
  /** The frame could not be tracked; its image goes back. `isTrap` as in `load-failed`. */
  | { type: 'track-failed'; image: FrameImage; message: string; isTrap: boolean }
  /** The engine can track no more frames. The worker may send this at any time. */
  | { type: 'lost'; message: string };

/** Durations of the parts of one frame in the worker, ms. */
export interface TrackingTimings {
  /** Cutting crops out of the frame. */
  cropMs: number;
  /** Running networks. */
  inferenceMs: number;
  /** From the arrival of the frame in the worker to its reply. */
  totalMs: number;
}

import type { FrameImage } from '../capture/frame-source.ts';
import type { Region } from './region.ts';
import type { ConcreteModel } from './tracker.ts';
import type { MaskReply } from './tracking-protocol.ts';

/** The detector's outputs. */
export interface DetectorOutputs {
  /** 2254 × 12. */
  boxes: Float32Array;
  /** 2254 logits. */
  scores: Float32Array;
}

/** The landmark model's outputs. */
export interface LandmarkOutputs {
  /** 39 × `RAW_LANDMARK_VALUES`: x, y, z in crop pixels, refined by the heatmaps; visibility and presence as logits. */
  landmarks: Float32Array;
  /** 1 probability. */
  score: Float32Array;
  /** 39 × 3, metres, in the crop's axes. */
  world: Float32Array;
}

/**
 * The networks that `PosePipeline` runs. Regions are in frame pixels; `frameWidth` and `frameHeight` are the pixels of
 * `image`. Outputs are valid until the next `detect` or `locate`.
 */
export interface PoseNetworks<Image> {
  /** Runs the detector on `region`, the whole frame. */
  detect(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<DetectorOutputs>;
  /** Runs the landmark model on `region`, a person. */
  locate(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<LandmarkOutputs>;
  /**
   * Computes the mask of the person that the last `locate` found in `region`, for the whole frame. `isSmoothed`: the
   * last mask was of the same person, and smooths this one.
   */
  segment(frameWidth: number, frameHeight: number, region: Region, isSmoothed: boolean): Promise<void>;
}

/** Milliseconds that a frame spent in the parts of tracking. */
export interface NetworkTimings {
  cropMs: number;
  inferenceMs: number;
}

/** The networks of one worker, on `FrameImage`s. */
export interface WorkerNetworks extends PoseNetworks<FrameImage> {
  /** Sums over all calls; the worker sets them to 0 before each frame. */
  readonly timings: NetworkTimings;
  /** The landmark model in use. */
  readonly model: ConcreteModel;
  /**
   * Fetches another landmark model, unless it is loaded already, and uses it. Rejects when it cannot be fetched; the
   * old one stays.
   */
  useModel(model: ConcreteModel): Promise<void>;
  /** The last mask, for transfer to the page. `spare`: a buffer of an earlier mask, reused if its length fits. */
  takeMask(spare: ArrayBuffer | null): MaskReply;
  /** Rejects when the networks can never run again (a lost GPU); never resolves. Absent where that cannot happen. */
  readonly lost?: Promise<never>;
}

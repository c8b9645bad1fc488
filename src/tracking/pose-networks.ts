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

/** What the pipeline asks of the networks and of whatever runs them. Outputs are valid until the next `detect` or `locate`. */
export interface PoseNetworks<Image> {
  detect(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<DetectorOutputs>;
  locate(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<LandmarkOutputs>;
  /**
   * Makes the mask of the person whom the last `locate` found in `region`, for the whole frame. `steady`: the last mask was
   * of the same person, and this one is smoothed by it.
   */
  segment(frameWidth: number, frameHeight: number, region: Region, steady: boolean): Promise<void>;
}

/** Milliseconds that a frame spent in parts of its way. */
export interface NetworkTimings {
  cropMs: number;
  inferenceMs: number;
}

/** The networks of one worker. */
export interface WorkerNetworks extends PoseNetworks<FrameImage> {
  /** Added up until someone sets them back to 0. */
  readonly timings: NetworkTimings;
  /** The landmark model at work. */
  readonly model: ConcreteModel;
  /** Fetches another landmark model, unless it is there, and goes on with it. Rejects when there is none to be had; the old one stays. */
  useModel(model: ConcreteModel): Promise<void>;
  /** Hands out the last mask, to be transferred. `spare`: a buffer that came back, to be used again. */
  takeMask(spare: ArrayBuffer | null): MaskReply;
  /** Rejects when what runs the networks is gone for good (a lost GPU); never resolves. Absent where that cannot happen. */
  readonly lost?: Promise<never>;
}

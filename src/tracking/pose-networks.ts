import type { FrameImage } from '../capture/frame-source.ts';
import type { Thumbnail } from '../parsing/thumbnail.ts';
import type { Region } from './region.ts';
import type { ConcreteModel } from './tracker.ts';
import type { MaskReply } from './tracking-protocol.ts';

/** The person detector's outputs: a box and a score for each of 2254 anchors, fixed points of its square input. */
export interface DetectorOutputs {
  /** Boxes, 2254 × 12: centre x, y, width, height, 4 key points × (x, y), pixels of the crop relative to the anchor. */
  boxes: Float32Array;
  /** Scores, 2254 logits of the probability that the box shows a person. */
  scores: Float32Array;
}

/** The landmark model's outputs for one crop. */
export interface LandmarkOutputs {
  /** 39 × `RAW_LANDMARK_VALUES`: x, y, z in crop pixels, refined by the heatmaps; visibility and presence as logits. */
  landmarks: Float32Array;
  /** One value: the probability 0..1 that the crop shows a person. */
  score: Float32Array;
  /** 39 × (x, y, z), metres from the middle of the hips; x right and y down in the crop, z away from the viewer. */
  world: Float32Array;
}

/**
 * The networks that `PosePipeline` runs, on images of an engine's type. Regions are in frame pixels; `frameWidth` and
 * `frameHeight` are the size of `image`, px. Outputs are valid until the next `detect` or `locate`.
 */
export interface PoseNetworks<Image> {
  /** Runs the person detector on `region`, the square around the whole frame. */
  detect(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<DetectorOutputs>;
  /** Runs the landmark model on `region`, the square around a person. */
  locate(image: Image, frameWidth: number, frameHeight: number, region: Region): Promise<LandmarkOutputs>;
  /**
   * Computes the mask, for the whole frame, of the person that the last `locate` found in `region`; `takeMask` returns
   * it.
   *
   * @param isSmoothed whether to smooth with the last mask, because it is of the same person.
   */
  segment(frameWidth: number, frameHeight: number, region: Region, isSmoothed: boolean): Promise<void>;
}

/** Time that tracking a frame took, by part, ms. */
export interface NetworkTimings {
  /** Cutting crops out of the frame. */
  cropMs: number;
  /** Running networks. */
  inferenceMs: number;
}

/** The networks of one worker, which read the images of frames. */
export interface WorkerNetworks extends PoseNetworks<FrameImage> {
  /** Sums over the calls for the present frame; the worker sets them to 0 before each frame. */
  readonly timings: NetworkTimings;
  /** The landmark model in use. */
  readonly model: ConcreteModel;
  /**
   * Fetches another landmark model, unless it is loaded already, and uses it. Rejects when it cannot be fetched; the
   * model in use then stays.
   */
  useModel(model: ConcreteModel): Promise<void>;
  /**
   * Returns the mask of the last `segment`, for transfer to the page.
   *
   * @param spare buffer of an earlier mask, or null; engines whose masks are bytes reuse it if it has the right length.
   */
  takeMask(spare: ArrayBuffer | null): MaskReply;
  /** Returns the bytes of the last mask: coverage 0..255, rows from the top; valid until the next `segment`. */
  readMask(): Promise<Uint8ClampedArray>;
  /** Returns the picture of a frame of `width` × `height` px at the size of its mask; valid until the next call. */
  readThumbnail(image: FrameImage, width: number, height: number): Promise<Thumbnail>;
  /** Rejects when the networks can never run again (a lost GPU); never resolves. Absent if that cannot happen. */
  readonly lost?: Promise<never>;
}

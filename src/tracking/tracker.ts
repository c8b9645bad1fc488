import type { Frame } from '../capture/frame-source.ts';

/**
 * What the frame loop knows of tracking: the names of engines, models and mask networks, what is found in a frame
 * (`TrackedFrame`), and the tracker itself, which every engine implements:
 *
 * 1. `load` downloads and starts the engine.
 * 2. `track` finds the person in a frame: 33 landmarks and a mask.
 * 3. `useModel` changes the landmark model, `reset` forgets the person, `close` frees the engine.
 */

/**
 * Values of `<fitting-room>`'s attribute `engine`. `webgpu` and `wasm` run BlazePose in a worker, on the GPU or the
 * CPU; `mediapipe` runs MediaPipe on the page's thread; `auto` chooses.
 */
export const engineNames = ['auto', 'webgpu', 'wasm', 'mediapipe'] as const;
/** One of `engineNames`. */
export type EngineName = (typeof engineNames)[number];
/** An engine that can run, without `auto`. */
export type ConcreteEngine = Exclude<EngineName, 'auto'>;
/** Values of the attribute `model`: BlazePose's landmark models by rising accuracy and cost; `auto` chooses. */
export const modelNames = ['auto', 'lite', 'full', 'heavy'] as const;
/** One of `modelNames`. */
export type ModelName = (typeof modelNames)[number];
/** A landmark model that can run, without `auto`. */
export type ConcreteModel = Exclude<ModelName, 'auto'>;

/**
 * Values of the attribute `segmentation`, the network that computes the person mask: `pose` is an output of BlazePose,
 * `selfie` a second network, which costs more.
 */
export const segmentationNames = ['pose', 'selfie'] as const;
/** One of `segmentationNames`. */
export type SegmentationName = (typeof segmentationNames)[number];

/** Which pixels of a frame show the person. The mask spans the whole unmirrored frame. */
export interface PersonMask {
  /** Size of the mask, px; usually smaller than the frame, in the same aspect. */
  readonly width: number;
  readonly height: number;
  /** Coverage of each pixel by the person, 0..255, `width` × `height` values, rows from top to bottom. */
  readonly data: Uint8ClampedArray;
}

/**
 * What each pixel of a frame shows: a class of the person, or the background. Spans the whole unmirrored frame, in the
 * size of the person mask (px).
 */
export interface PixelClasses {
  readonly width: number;
  readonly height: number;
  /**
   * Four probabilities 0..255 for each pixel: hair, skin, the shopper's own upper clothes, their own lower clothes. The
   * rest to 255 is the probability of everything else (background, shoes, things in the hand). Rows from the top.
   */
  readonly data: Uint8ClampedArray;
}

/**
 * What a tracker found in one frame. The tracker writes it and the frame loop reuses it, so copy it (`describeTracked`)
 * to keep it beyond the frame. Landmark arrays hold 33 × (x, y, z, visibility), see `LANDMARK_VALUES`; visibility is
 * the probability 0..1 that the point is in the picture and not hidden.
 */
export interface TrackedFrame {
  /** Time of the frame on its source's clock, ms. */
  timeMs: number;
  /** Running number of the frame within the session, from 0; −1 before the first. */
  frame: number;
  /** Size of the frame, px. */
  width: number;
  height: number;
  /**
   * Pose landmarks in the picture: x and y normalised to the unmirrored frame (0..1), z on the scale of x, smaller is
   * nearer. Valid where `score` > 0.
   */
  landmarks: Float32Array;
  /**
   * The same landmarks in metres from the middle of the hips, MediaPipe's axes: x right, y down, z away from the
   * viewer. Valid where `score` > 0.
   */
  worldLandmarks: Float32Array;
  /** Which pixels show the person; null when no person was found. */
  mask: PersonMask | null;
  /**
   * What each pixel shows. Null when no person was found, when nobody asked for it (`Tracker.findClasses`), and with a
   * tracker that does not find it.
   */
  classes: PixelClasses | null;
  /** Probability 0..1 that a person is in the frame; 0 when none was found. */
  score: number;
}

/** From where a tracker loads, and what it reports meanwhile. */
export interface TrackerLoadOptions {
  /** Base URL of worker, models and wasm, with a trailing slash (`<assets>`; the files are in `<assets>runtime/`). */
  assets: string;
  /** Called with the bytes downloaded so far, and their total. */
  onProgress?: (loaded: number, total: number) => void;
  /** Aborts the load, which then rejects with the abort reason. */
  signal?: AbortSignal;
}

/**
 * How tracking a frame ended. `tracked`: the target is written and `frame.image` is back with the caller. `lost`: the
 * image was lost with an engine that failed and was replaced; there is nothing to draw, and the next frame can be
 * tracked.
 */
export type TrackOutcome = 'tracked' | 'lost';

/** Finds one person in a sequence of frames, one frame at a time. */
export interface Tracker {
  /** The engine that runs. It may change between frames: a failed engine is replaced by the next. */
  readonly engine: ConcreteEngine;
  /** The model that runs. It may change between frames, by `useModel` or with the engine. */
  readonly model: ConcreteModel;
  /**
   * Whether the depth of `worldLandmarks` is measured and belongs to the points in the picture, as with a depth camera
   * or a synthetic person's truth. Absent or false: depth is guessed for an average body, as BlazePose does, and is
   * corrected.
   */
  readonly measuresDepth?: boolean;
  /**
   * Downloads and starts the engine; call it once, before `track`. Rejects with `FittingError` `model-unreachable`,
   * `engine-failed` or `unsupported-browser`.
   */
  load(options: TrackerLoadOptions): Promise<void>;
  /**
   * Tracks `frame` and writes what was found into `target`. The tracker owns `frame.image` until the promise settles:
   * it may transfer the image to a worker, `frame.image` is null meanwhile. See `TrackOutcome` for what the two
   * outcomes mean. A tracker that resolves to undefined, as page-made trackers of earlier versions do, counts as
   * `tracked`.
   *
   * Rejects with `FittingError` `engine-failed`; the caller then owns what `frame.image` holds: the image, or null if
   * it died with the engine.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: an async track() without a return stays a valid Tracker.
  track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome | void>;
  /**
   * Loads another model and uses it from then on; frames are tracked with the old model meanwhile. Rejects when the new
   * model cannot be loaded; the old one stays. A newer call supersedes an older one, which then resolves without
   * effect. Absent where the model cannot change.
   */
  useModel?(model: ConcreteModel): Promise<void>;
  /**
   * Sets whether frames are given `classes` from the next `track` on; they are not at first. Absent where the tracker
   * never gives them.
   */
  findClasses?(isWanted: boolean): void;
  /** Forgets the person: in the next frame a person is searched in the whole picture. */
  reset(): void;
  /**
   * Frees the engine; the tracker is unusable afterwards. Calls in progress may reject with `FittingError`
   * `engine-failed`.
   */
  close(): void;
}

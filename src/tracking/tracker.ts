import type { Frame } from '../capture/frame-source.ts';

export const engineNames = ['auto', 'webgpu', 'wasm', 'mediapipe'] as const;
export type EngineName = (typeof engineNames)[number];
export const modelNames = ['auto', 'lite', 'full', 'heavy'] as const;
export type ModelName = (typeof modelNames)[number];

/** Where the person mask comes from: BlazePose's own output, or a network for that alone, which costs more. */
export const segmentationNames = ['pose', 'selfie'] as const;
export type SegmentationName = (typeof segmentationNames)[number];

/** One of BlazePose's 33 pose landmarks. */
export interface Landmark {
  /** Image landmarks: normalised to the unmirrored frame, z on x's scale, smaller is nearer. World landmarks: metres, hip-centred, x right, y down, z away from the viewer (MediaPipe's axes). */
  x: number;
  y: number;
  z: number;
  /** Probability 0..1 that the point is in the picture and not hidden. */
  visibility: number;
}

/** Coverage by the person, 0..255, rows top to bottom, spanning the whole unmirrored frame at its own resolution. */
export interface PersonMask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** What is known of one frame. Reused from frame to frame: read it during the `track` event, or copy it. */
export interface TrackedFrame {
  timeMs: number;
  /** Running number of the frame within the session, from 0. */
  frame: number;
  /** Pixels of the frame. */
  width: number;
  height: number;
  /** 33 pose landmarks; meaningful only where `score` > 0. */
  landmarks: Landmark[];
  worldLandmarks: Landmark[];
  mask: PersonMask | null;
  /** Probability 0..1 that a person is there; 0 when nobody was found. */
  score: number;
}

export interface TrackerLoadOptions {
  /** Base URL of worker, models and wasm, with a trailing slash (`<assets>`; runtimes lie in `<assets>/runtime/`). */
  assets: string;
  /** Bytes. */
  onProgress?: (loaded: number, total: number) => void;
  signal?: AbortSignal;
}

/** Finds one person in a sequence of frames. One frame in flight at a time. */
export interface Tracker {
  /** What is at work. May change from one frame to the next: an engine that fails gives way to another, a model to a lighter one. */
  readonly engine: Exclude<EngineName, 'auto'>;
  readonly model: Exclude<ModelName, 'auto'>;
  /** Rejects with `FittingError` `model-unreachable`, `engine-failed` or `unsupported-browser`. */
  load(options: TrackerLoadOptions): Promise<void>;
  /**
   * Tracks `frame`, writes into `target` and resolves once both belong together. `frame.image` may travel to a worker
   * meanwhile (null while away) and is back, drawable, on resolution; it is still null when it was lost with an engine that
   * failed and was replaced: then there is nothing to draw. Rejects with `FittingError` `engine-failed`.
   */
  track(frame: Frame, target: TrackedFrame): Promise<void>;
  /**
   * Goes on with another model once that is there; frames are tracked meanwhile as before. Rejects when it cannot be had, and
   * the old one stays; resolves without effect when another one was asked for meanwhile. Absent where the model is settled for good.
   */
  useModel?(model: Exclude<ModelName, 'auto'>): Promise<void>;
  /** Forgets the track: the next frame is searched from scratch. */
  reset(): void;
  close(): void;
}

export const LANDMARK_COUNT = 33;

function createLandmarks(): Landmark[] {
  return Array.from({ length: LANDMARK_COUNT }, () => ({ x: 0, y: 0, z: 0, visibility: 0 }));
}

/** An empty target for `track`. */
export function createTrackedFrame(): TrackedFrame {
  return {
    timeMs: 0,
    frame: -1,
    width: 0,
    height: 0,
    landmarks: createLandmarks(),
    worldLandmarks: createLandmarks(),
    mask: null,
    score: 0,
  };
}

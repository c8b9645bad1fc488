// The format of a clip: one person, filmed and tracked, as a cache entry (the stored result of a slow step: a JSON
// value and named arrays). Camera space is in metres: the camera at the origin, +x right in the picture, +y up, −z away
// from the camera.
import { LANDMARK_COUNT, LANDMARK_VALUES } from '../../src/math/landmark-layout.ts';
import type { PersonMask, TrackedFrame } from '../../src/tracking/tracker.ts';
import type { CacheEntry, EntryArray } from './cache-entry.ts';
import { jointNames } from './judge-fit.ts';

/** Length of the landmarks of one frame: 33 × (x, y, z, visibility). */
const LANDMARK_NUMBERS = LANDMARK_COUNT * LANDMARK_VALUES;
/**
 * Length of the true joints of one frame: x, y, z in the order of `jointNames` (shoulders, elbows, wrists, hips, knees,
 * ankles; of each the left before the right).
 */
const TRUTH_NUMBERS = 3 * jointNames.length;
/** Width and height of the small copy of each frame from which the light on the person is estimated, pixels. */
export const THUMBNAIL_SIDE = 32;

/** Properties of a clip that all its frames share. `ClipArrays` holds those by frame. */
export interface ClipValue {
  /** Names of the engine, for instance `wasm`, and of BlazePose's landmark model that tracked the clip. */
  engine: string;
  model: string;
  /** Whether the depth of world landmarks is measured, not estimated. */
  measuresDepth: boolean;
  /** Size of the frames, pixels. */
  width: number;
  height: number;
  /** Size of the tracker's masks, pixels; 0 if the first frame has none. */
  maskWidth: number;
  maskHeight: number;
  /** Height of the person, centimetres; null where the fitting room is not told. */
  stature: number | null;
  /** Numbers of the frames, from 0, with a picture: the array `picture-<frame>` is a PNG file. */
  pictures: number[];
}
/** A clip: `ClipValue`, and arrays as `createClipArrays` makes them. */
export type Clip = CacheEntry<ClipValue>;

/**
 * Creates arrays of zeros for a clip of `count` frames with masks of `maskPixels` pixels, and classes of the pixels if
 * `hasClasses`. Each holds the values of all
 * frames, one frame after the other.
 */
export function createClipArrays(count: number, maskPixels: number, hasClasses: boolean) {
  return {
    /** Times on the source's clock, milliseconds. */
    timesMs: new Float64Array(count),
    /** Probabilities, 0..1, of a person in the frame; 0 where none was found. */
    scores: new Float64Array(count),
    /** 33 × (x, y, z, visibility): x and y 0..1 from the frame's top left, z on the scale of x; visibility 0..1. */
    landmarks: new Float32Array(count * LANDMARK_NUMBERS),
    /** 33 × (x, y, z, visibility): metres from the middle of the hips, x right, y down, z away; visibility 0..1. */
    worldLandmarks: new Float32Array(count * LANDMARK_NUMBERS),
    /** 1 where the frame has a mask. */
    hasMask: new Uint8Array(count),
    /** The tracker's masks: coverage by the person, 0..255, rows from the top. */
    masks: new Uint8ClampedArray(count * maskPixels),
    /** 1 where the frame has classes of its pixels. */
    hasClasses: new Uint8Array(count),
    /** The tracker's classes, four bytes for each pixel of a mask (`PixelClasses`); empty where none were wanted. */
    classes: new Uint8ClampedArray(hasClasses ? 4 * count * maskPixels : 0),
    /** True joints: x, y, z of each, in the order of `jointNames`, camera space, metres. */
    truth: new Float32Array(count * TRUTH_NUMBERS),
    /** Small copies of the frames: RGBA of `THUMBNAIL_SIDE`² pixels. */
    thumbnails: new Uint8ClampedArray(count * 4 * THUMBNAIL_SIDE ** 2),
  };
}
/** The arrays of a clip. */
export type ClipArrays = ReturnType<typeof createClipArrays>;

/** Returns the arrays of a clip with their types; `createClipArrays` says what they hold. */
export function clipArrays({ arrays }: Clip): ClipArrays {
  return arrays as Record<string, EntryArray> as unknown as ClipArrays;
}

/** Returns a view of the part of an array of `count` frames that belongs to `frame`. */
export function partOf<Part extends EntryArray>(array: Part, frame: number, count: number): Part {
  const size = array.length / count;
  return array.subarray(frame * size, (frame + 1) * size) as Part;
}

/**
 * Returns what the tracker found in the frame with the number `frame`: landmarks, mask, classes, score. Its arrays are views of
 * the clip's arrays.
 */
export function trackedOf(clip: Clip, frame: number): TrackedFrame {
  const { width, height, maskWidth, maskHeight } = clip.value;
  const { timesMs, scores, landmarks, worldLandmarks, hasMask, masks, hasClasses, classes } = clipArrays(clip);
  const count = timesMs.length;
  return {
    timeMs: timesMs[frame],
    frame,
    width,
    height,
    score: scores[frame],
    landmarks: partOf(landmarks, frame, count),
    worldLandmarks: partOf(worldLandmarks, frame, count),
    mask: hasMask[frame] ? { width: maskWidth, height: maskHeight, data: partOf(masks, frame, count) } : null,
    classes: hasClasses[frame] ? { width: maskWidth, height: maskHeight, data: partOf(classes, frame, count) } : null,
  };
}

/** Returns by frame the true joints in the order of `jointNames`: x, y, z in camera space, metres. */
export function truthOf(clip: Clip): [number, number, number][][] {
  const { timesMs, truth } = clipArrays(clip);
  return Array.from({ length: timesMs.length }, (_, frame) => {
    const joints = partOf(truth, frame, timesMs.length);
    return jointNames.map((_, j) => [joints[3 * j], joints[3 * j + 1], joints[3 * j + 2]]);
  });
}

/**
 * The true pixels of a garment in some frames. The array `mask-<frame>` has the frame's size and holds coverage,
 * 0..255.
 */
export type TrueMasks = CacheEntry<{ width: number; height: number; frames: number[] }>;

/** Returns the true mask of a garment in `frame`: coverage 0..255, rows from the top. */
export function trueMaskOf({ value: { width, height }, arrays }: TrueMasks, frame: number): PersonMask {
  return { width, height, data: arrays[`mask-${frame}`] as Uint8ClampedArray };
}

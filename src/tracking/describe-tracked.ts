import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { TrackedFrame } from './tracker.ts';

/** One of BlazePose's 33 pose landmarks. */
export interface Landmark {
  /**
   * In `landmarks`: x and y normalised to the unmirrored frame (0..1, origin top left), z on the scale of x, smaller is
   * nearer. In `worldLandmarks`: metres from the middle of the hips, x right, y down, z away from the viewer.
   */
  x: number;
  y: number;
  z: number;
  /** Probability 0..1 that the point is in the picture and not hidden. */
  visibility: number;
}

/**
 * What was found in one frame, as pages read it (`room.tracked`): landmarks are objects instead of arrays of numbers.
 * Unchanged from `TrackedFrame`: `timeMs`, `frame` (number from 0), `width` and `height` (px), `mask` (coverage 0..255
 * of each pixel by the person, rows from the top; null without a person) and `score`.
 */
export interface Tracked extends Omit<TrackedFrame, 'landmarks' | 'worldLandmarks' | 'classes'> {
  /** 33 pose landmarks in the picture. Meaningful only if `score` (probability of a person, 0..1) is above 0. */
  landmarks: Landmark[];
  /** The same 33 landmarks in metres from the middle of the hips; meaningful under the same condition. */
  worldLandmarks: Landmark[];
}

/** Converts 33 × (x, y, z, visibility), one landmark after the other, to 33 objects. */
function describeLandmarks(values: Float32Array): Landmark[] {
  return Array.from({ length: values.length / LANDMARK_VALUES }, (_, i) => {
    const [x, y, z, visibility] = values.subarray(LANDMARK_VALUES * i, LANDMARK_VALUES * (i + 1));
    return { x, y, z, visibility };
  });
}

/**
 * Copies `tracked` into objects for a page. The copy keeps its values when the next frame is tracked, except for its
 * `mask`: that is the tracker's own object, and its pixels are not copied here. A mask on the GPU fetches them when the
 * page first reads `mask.data`, and the tracker reuses their memory for a later frame. Read and copy `mask.data` before
 * the next frame.
 */
export function describeTracked(tracked: TrackedFrame): Tracked {
  const { classes: _, ...shown } = tracked;
  return {
    ...shown,
    landmarks: describeLandmarks(tracked.landmarks),
    worldLandmarks: describeLandmarks(tracked.worldLandmarks),
  };
}

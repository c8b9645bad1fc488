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
 */
export interface Tracked extends Omit<TrackedFrame, 'landmarks' | 'worldLandmarks'> {
  /** 33 pose landmarks in the picture; meaningful only where `score` > 0. */
  landmarks: Landmark[];
  /** The same landmarks in metres from the middle of the hips. */
  worldLandmarks: Landmark[];
}

/** Converts 33 × (x, y, z, visibility) to objects. */
function describeLandmarks(values: Float32Array): Landmark[] {
  return Array.from({ length: values.length / LANDMARK_VALUES }, (_, i) => {
    const [x, y, z, visibility] = values.subarray(LANDMARK_VALUES * i, LANDMARK_VALUES * (i + 1));
    return { x, y, z, visibility };
  });
}

/**
 * Copies `tracked` into objects for a page. The copy keeps its values when the next frame is tracked, except for the
 * mask: its pixels are copied when `mask.data` is first read, so read it before the next frame.
 */
export function describeTracked(tracked: TrackedFrame): Tracked {
  return {
    ...tracked,
    landmarks: describeLandmarks(tracked.landmarks),
    worldLandmarks: describeLandmarks(tracked.worldLandmarks),
  };
}

import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { TrackedFrame } from './tracker.ts';

/** An empty target for `Tracker.track`: no person, all landmarks 0. */
export function createTrackedFrame(): TrackedFrame {
  return {
    timeMs: 0,
    frame: -1,
    width: 0,
    height: 0,
    landmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    worldLandmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    mask: null,
    score: 0,
  };
}

import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { TrackedFrame } from './tracker.ts';

/** Creates a target for `Tracker.track`: no person found (score 0), 33 × 4 zeros as landmarks, no mask, no classes, frame −1. */
export function createTrackedFrame(): TrackedFrame {
  return {
    timeMs: 0,
    frame: -1,
    width: 0,
    height: 0,
    landmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    worldLandmarks: new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES),
    mask: null,
    classes: null,
    score: 0,
  };
}

import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { estimateCamera } from './estimate-camera.ts';
import type { PoseStep } from './pose-step.ts';
import { trunkExtent } from './trunk-axis.ts';

/** Below this pose score there is no body in the frame (MediaPipe's own threshold). */
const MIN_SCORE = 0.5;
/**
 * Distance outside the picture, in lengths of the trunk, in which a landmark's visibility falls to 37 %: the tracker
 * guesses it but may report a high visibility. Close to the edge its guesses are good: on films of half a body, of
 * rendered people, knees and ankles up to 0.3 outside are off by 0.1 on average, and those beyond 0.75 by up to 0.3.
 */
const OUTSIDE_TRUNKS = 0.3;

/** By landmark: distance outside the picture, on the plane z = −1. Scratch of `readLandmarks`. */
const outside = new Float64Array(LANDMARK_COUNT);

/**
 * The step of the body solve that reads a tracked frame. Ends the frame without a body if the pose score is below 0.5.
 *
 * - `tracked`: landmarks in the picture (shares of it, 0..1) and world landmarks (metres), 33 × (x, y, z, visibility)
 *   each, y downwards; size of the frame, pixels.
 * - `scale`: metres of the body to one of the tracker's.
 * - `target.camera`, written: the camera that is assumed for the frame's size (60° along the longer side).
 * - `rays`, written: 2 × 33, x and y of the landmarks' image points on the plane z = −1 in camera space.
 * - `world`, written: 3 × 33 landmarks, metres from the middle of the hips, +x right, +y up, +z towards the viewer.
 * - `visibility`, written: 33 values, 0..1, lowered outside the picture.
 * - `uprightSlope`, set to null: the trunk's slope is the mannequin's until a later step knows more.
 */
export const readLandmarks: PoseStep<
  'tracked' | 'target' | 'scale' | 'rays' | 'world' | 'visibility' | 'uprightSlope' | 'outcome'
> = {
  name: 'read-landmarks',
  isEssential: true,
  apply(state) {
    const { tracked, target, scale, rays, world, visibility } = state;
    const { landmarks, worldLandmarks } = tracked;
    if (tracked.score < MIN_SCORE) {
      state.outcome = 'none';
      return;
    }
    const { width, height, fovYDegrees } = estimateCamera(tracked.width, tracked.height, target.camera);
    const halfHeight = halfHeightAtUnitDistance(fovYDegrees);
    const halfWidth = (halfHeight * width) / height;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const start = LANDMARK_VALUES * i;
      const x = landmarks[start];
      const y = landmarks[start + 1];
      rays[2 * i] = (2 * x - 1) * halfWidth;
      rays[2 * i + 1] = (1 - 2 * y) * halfHeight;
      world[3 * i] = scale * worldLandmarks[start];
      world[3 * i + 1] = -scale * worldLandmarks[start + 1];
      world[3 * i + 2] = -scale * worldLandmarks[start + 2];
      visibility[i] = landmarks[start + 3];
      outside[i] = Math.hypot(
        Math.max(0, Math.abs(rays[2 * i]) - halfWidth),
        Math.max(0, Math.abs(rays[2 * i + 1]) - halfHeight),
      );
    }
    const trunk = Math.hypot(trunkExtent(rays, 2, 0), trunkExtent(rays, 2, 1));
    for (let i = 0; i < LANDMARK_COUNT; i++) visibility[i] *= Math.exp(-outside[i] / (OUTSIDE_TRUNKS * trunk || 1));
    state.uprightSlope = null;
  },
};

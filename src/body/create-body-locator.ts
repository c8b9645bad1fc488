import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';
import { solveTranslation } from './solve-translation.ts';

/**
 * By landmark: its weight, 0..1, when the body's translation is solved. The trunk has the largest weights. Knees and
 * ankles make the distance steadier, because a trunk is narrow from the side; their weights are lower because they move
 * relative to the trunk.
 */
const ANCHOR_WEIGHTS = new Float64Array(LANDMARK_COUNT);
for (const landmark of [
  landmarkIndex.leftShoulder,
  landmarkIndex.rightShoulder,
  landmarkIndex.leftHip,
  landmarkIndex.rightHip,
])
  ANCHOR_WEIGHTS[landmark] = 1;
for (const landmark of [landmarkIndex.leftKnee, landmarkIndex.rightKnee]) ANCHOR_WEIGHTS[landmark] = 0.6;
for (const landmark of [landmarkIndex.leftAnkle, landmarkIndex.rightAnkle]) ANCHOR_WEIGHTS[landmark] = 0.4;
/** Smallest visibility in a weight: a landmark that is not visible still shows roughly where the trunk is. */
const MIN_ANCHOR_VISIBILITY = 0.05;
/** Time in which the usual distance follows a change to 63 %, milliseconds: a bow is shorter than a walk. */
const USUAL_DISTANCE_MS = 1500;

/**
 * Creates the step of the body solve that finds where the body is: the translation that brings the world landmarks of
 * trunk and legs onto their image rays. If there is none, it ends the frame without a body.
 *
 * - `world`: 3 × 33 landmarks, metres from the middle of the hips, +x right, +y up, +z towards the viewer.
 * - `rays`: 2 × 33, x and y of the landmarks' image points on the plane z = −1 in camera space.
 * - `visibility`: 33 values, 0..1. `tracked.timeMs`: the frame's time, milliseconds.
 * - `translation`, written: from the origin of `world` to camera space, metres; z is negative.
 * - `usualDistanceMetres`, written: the running mean of the body's distance from the camera.
 * - `outcome`, written: `none` if no translation is found.
 */
export function createBodyLocator(): PoseStep<
  'world' | 'rays' | 'visibility' | 'tracked' | 'translation' | 'usualDistanceMetres' | 'outcome'
> {
  const weights = new Float64Array(LANDMARK_COUNT);
  let usual = 0;
  let previousMs = 0;
  return {
    name: 'locate-body',
    isEssential: true,
    apply(state) {
      const { world, rays, visibility, translation } = state;
      const { timeMs } = state.tracked;
      for (let i = 0; i < LANDMARK_COUNT; i++)
        weights[i] = ANCHOR_WEIGHTS[i] * Math.max(MIN_ANCHOR_VISIBILITY, visibility[i]);
      if (!solveTranslation(world, rays, weights, translation)) {
        state.outcome = 'none';
        return;
      }
      const share = usual > 0 ? 1 - Math.exp(-Math.max(0, timeMs - previousMs) / USUAL_DISTANCE_MS) : 1;
      usual += share * (-translation.z - usual);
      previousMs = timeMs;
      state.usualDistanceMetres = usual;
    },
    reset() {
      usual = 0;
    },
  };
}

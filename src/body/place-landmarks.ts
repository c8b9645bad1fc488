import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import type { PoseStep } from './pose-step.ts';

/** Least distance of a landmark from the camera, metres. */
const MIN_DEPTH_METRES = 0.1;

/**
 * The step of the body solve that places each landmark on its image ray, at the body's distance plus its own depth, so
 * that the body follows the picture. Reads `world` (3 × 33, metres from the middle of the hips), `rays` (2 × 33, x and
 * y of the landmarks' image points on the plane z = −1) and `translation` (from the origin of `world` to camera space,
 * metres); writes `placed` (3 × 33, metres in camera space: +x right, +y up, −z away from the viewer).
 */
export const placeLandmarks: PoseStep<'world' | 'rays' | 'translation' | 'placed'> = {
  name: 'place-landmarks',
  isEssential: true,
  apply({ world, rays, translation, placed }) {
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const depth = Math.max(MIN_DEPTH_METRES, -(translation.z + world[3 * i + 2]));
      placed[3 * i] = rays[2 * i] * depth;
      placed[3 * i + 1] = rays[2 * i + 1] * depth;
      placed[3 * i + 2] = -depth;
    }
  },
};

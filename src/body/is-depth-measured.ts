import { Vector3 } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import { solveTranslation } from './solve-translation.ts';

const LANDMARKS = 33;
/**
 * Root mean square by which landmarks in metres, moved as one, miss those in the picture, metres. A tracker that measures depth agrees
 * with itself to millimetres; BlazePose, which guesses depth for an average body, does so to centimetres.
 */
const AGREEMENT_METRES = 0.006;

const judged = [
  at.leftShoulder,
  at.rightShoulder,
  at.leftElbow,
  at.rightElbow,
  at.leftHip,
  at.rightHip,
  at.leftKnee,
  at.rightKnee,
];
const weights = new Float64Array(LANDMARKS);
for (const landmark of judged) weights[landmark] = 1;
const translation = new Vector3();

/**
 * Whether a tracker's landmarks in metres are those in the picture, so that their depth is to be believed.
 *
 * @param world 3 × 33, metres, camera axes (y up, z towards the viewer).
 * @param rays 2 × 33, the same landmarks in the picture, on the plane z = −1.
 */
export function isDepthMeasured(world: ArrayLike<number>, rays: ArrayLike<number>): boolean {
  if (!solveTranslation(world, rays, weights, translation)) return false;
  let sum = 0;
  for (const i of judged) {
    const depth = -(world[3 * i + 2] + translation.z);
    sum +=
      (world[3 * i] + translation.x - rays[2 * i] * depth) ** 2 +
      (world[3 * i + 1] + translation.y - rays[2 * i + 1] * depth) ** 2;
  }
  return sum <= judged.length * AGREEMENT_METRES ** 2;
}

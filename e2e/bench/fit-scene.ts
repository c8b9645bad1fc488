// What all scenes of `npm run bench -- fit` have in common, and why.
import { estimateCamera } from '../../src/body/estimate-camera.ts';

/** Standard deviation of an indoor camera's noise, as a share of white. */
const NOISE = 0.02;
/** Distance by which a standing person sways over the floor, root mean square. */
const SWAY_METRES = 0.002;
/**
 * Vertical angle of the lens. The fitting room cannot know it and assumes one, by which people are filmed. One row with
 * another lens is printed but not counted: a wrong angle displaces the joints in space, while the picture should stay
 * right.
 */
const ASSUMED_LENS_DEGREES = estimateCamera(360, 480, { fovYDegrees: 0, width: 0, height: 0 }).fovYDegrees;
/** Vertical angle of the lens of that row. */
export const OTHER_LENS_DEGREES = 42;
/**
 * The common part of a scene: size of the picture (pixels), frames a second, noise (share of white), sway (metres),
 * lens (degrees). Small pictures at a low rate, since software draws slowly. At this rate frames 60 to 90 show: arms
 * raised from the sides to overhead, arms crossed, a turn from one side to the other, and the last steps into the
 * picture.
 */
export const fitScene = {
  width: 360,
  height: 480,
  fps: 12,
  noise: NOISE,
  swayMetres: SWAY_METRES,
  fovYDegrees: ASSUMED_LENS_DEGREES,
} as const;
/**
 * The same for bodies of which no pixels are compared: still more pixels than the tracker reads, since its networks get
 * the person in 256 × 256.
 */
export const bodyScene = { ...fitScene, width: 240, height: 320 } as const;

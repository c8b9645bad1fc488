import { drawnLength, LEG_BONES } from './leg-bones.ts';
import type { PoseStep } from './pose-step.ts';
import { isTrunkUpright } from './trunk-axis.ts';
import { foreshortening, UprightLength } from './upright-length.ts';

/**
 * Slope of an upright shank, metres that its ankle's landmark lies behind its knee's per metre below it: of the
 * mannequin, and about that of a rendered man.
 */
const SHANK_SLOPE = 0.1;

/**
 * Creates the step of the body solve that straightens legs. The tracker's depth bends legs that stand. So a thigh or
 * shank that is drawn at its full length, learned from frame to frame, stands straight, and the more it is
 * foreshortened the more the tracker's depth counts. Landmarks move in depth only. Without the step joints are off by
 * 6.5 cm instead of 5.7, and the garments of five filmed strangers overlap by 0.812 instead of 0.818.
 *
 * - `world`, z changed: 3 × 33 landmarks, metres from the middle of the hips, +y up, +z towards the viewer.
 * - `rays`: 2 × 33, x and y of the landmarks' image points on the plane z = −1 in camera space.
 * - `usualDistanceMetres`: the body's distance from the camera over the last seconds, 0 if unknown. `scale`: metres of
 *   the body to one of the tracker's. Both convert drawn lengths to the tracker's metres.
 * - `isDepthMeasured`: if true, depths need no correction, and the step does nothing.
 */
export function createLegStraightener(): PoseStep<
  'world' | 'rays' | 'scale' | 'usualDistanceMetres' | 'isDepthMeasured'
> {
  const lengths = LEG_BONES.map(() => new UprightLength());
  return {
    name: 'straighten-legs',
    apply({ world, rays, scale, usualDistanceMetres, isDepthMeasured }) {
      if (isDepthMeasured || !isTrunkUpright(world)) return;
      for (let i = 0; i < LEG_BONES.length; i++) {
        const bone = LEG_BONES[i];
        const { from, to, isShank, below } = bone;
        const share =
          usualDistanceMetres > 0 ? lengths[i].learn((drawnLength(bone, rays) * usualDistanceMetres) / scale, 1) : 1;
        const slope = isShank ? SHANK_SLOPE : 0;
        const upright = world[3 * from + 2] - slope * (world[3 * from + 1] - world[3 * to + 1]);
        const shift = (upright - world[3 * to + 2]) * (1 - foreshortening(share));
        for (const landmark of below) world[3 * landmark + 2] += shift;
      }
    },
    reset() {
      for (const length of lengths) length.reset();
    },
  };
}

import type { PoseStep } from './pose-step.ts';
import { hipHeight, isTrunkUpright } from './trunk-axis.ts';

/**
 * Slope, depth over height, by which cameras usually look down on people, so that upright people lean towards them. It
 * is assumed, not measured: no picture of an upright person shows it, nor does the pose model's depth, which tips
 * the upright mannequin further forward than a rendered man filmed from above.
 */
const CAMERA_PITCH = 0.01;

/**
 * The step of the body solve that leans the whole body towards the camera, about the height of the hips, by the slope
 * by which cameras usually look down, if the tracker guesses depth and the trunk is upright. Changes `world`: 3 × 33
 * landmarks, metres from the middle of the hips, +y up, +z towards the viewer.
 *
 * `npm run bench -- fit --without pitch-camera` prints what the step is worth. It helps on bodies of other makers;
 * mannequins are filmed level, so their joints become a little less accurate.
 */
export const pitchCamera: PoseStep<'world' | 'isDepthMeasured'> = {
  name: 'pitch-camera',
  apply({ world, isDepthMeasured }) {
    if (isDepthMeasured || !isTrunkUpright(world)) return;
    const height = hipHeight(world);
    for (let i = 0; i < world.length; i += 3) world[i + 2] += CAMERA_PITCH * (world[i + 1] - height);
  },
};

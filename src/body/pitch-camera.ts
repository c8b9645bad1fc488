import type { PoseStep } from './pose-step.ts';
import { hipHeight, isTrunkUpright } from './trunk-axis.ts';

/**
 * Slope by which cameras look down on people, so that upright people lean towards them. No picture of an upright person
 * shows it, and the model's depth does not either: it tips the upright mannequin further forward than a rendered man
 * filmed from above.
 */
const CAMERA_PITCH = 0.01;

/**
 * If the tracker guesses depth, leans the whole body by the slope by which cameras usually look down. Without the step the
 * joints of five filmed strangers are off by 6.4 cm instead of 6.3, and those of mannequins, filmed level, by 0.1 cm less.
 */
export const pitchCamera: PoseStep<'world' | 'isDepthMeasured'> = {
  name: 'pitch-camera',
  apply({ world, isDepthMeasured }) {
    if (isDepthMeasured || !isTrunkUpright(world)) return;
    const height = hipHeight(world);
    for (let i = 0; i < world.length; i += 3) world[i + 2] += CAMERA_PITCH * (world[i + 1] - height);
  },
};

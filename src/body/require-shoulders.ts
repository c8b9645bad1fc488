import { landmarkIndex } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/** Below this mean visibility of the shoulders, 0..1, the trunk is not in the picture and the frame has no body. */
const MIN_SHOULDER_VISIBILITY = 0.3;

/**
 * The step of the body solve that ends the frame without a body if the shoulders are hardly visible: reads `visibility`
 * (33 landmarks, 0..1).
 */
export const requireShoulders: PoseStep<'visibility' | 'outcome'> = {
  name: 'require-shoulders',
  apply(state) {
    const { visibility } = state;
    const mean = (visibility[landmarkIndex.leftShoulder] + visibility[landmarkIndex.rightShoulder]) / 2;
    if (mean < MIN_SHOULDER_VISIBILITY) state.outcome = 'none';
  },
};

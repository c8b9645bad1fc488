import type { PoseStep } from './pose-step.ts';
import { solveSkeleton } from './solve-skeleton.ts';

/**
 * Turns the bones so that the mannequin's landmark sites meet the placed landmarks (3 × 33, camera space, metres), and
 * writes their positions and rotations to `target`. Ends the frame without a body if the trunk's landmarks coincide.
 */
export const poseBones: PoseStep<'placed' | 'rest' | 'uprightSlope' | 'target' | 'outcome'> = {
  name: 'pose-bones',
  isEssential: true,
  apply(state) {
    if (!solveSkeleton(state.placed, state.rest, state.uprightSlope, state.target)) state.outcome = 'none';
  },
};

import type { PoseStep } from './pose-step.ts';
import { solveSkeleton } from './solve-skeleton.ts';

/**
 * The step of the body solve that turns the mannequin's bones so that its landmark sites (the points that landmarks
 * mark) meet the landmarks in `placed`, and writes the bones' positions and rotations to `target`. Ends the frame
 * without a body if the trunk's landmarks coincide.
 *
 * - `placed`: 3 × 33 landmarks, camera space, metres.
 * - `rest`: the mannequin's joints and landmark sites at rest, in the shopper's shape, metres.
 * - `uprightSlope`: z / y of the line from hips to shoulders of a person who stands upright; null: the mannequin's.
 */
export const poseBones: PoseStep<'placed' | 'rest' | 'uprightSlope' | 'target' | 'outcome'> = {
  name: 'pose-bones',
  isEssential: true,
  apply(state) {
    if (!solveSkeleton(state.placed, state.rest, state.uprightSlope, state.target)) state.outcome = 'none';
  },
};

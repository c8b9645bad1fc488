import { centreOnOutline } from './centre-on-outline.ts';
import { createBodyLocator } from './create-body-locator.ts';
import { createDepthSmoother } from './create-depth-smoother.ts';
import { createDistanceSmoother } from './create-distance-smoother.ts';
import { createFacingKeeper } from './create-facing-keeper.ts';
import { createLandmarkFitter } from './create-landmark-fitter.ts';
import { createLandmarkSteadier } from './create-landmark-steadier.ts';
import { createLegGuesser } from './create-leg-guesser.ts';
import { createLegStraightener } from './create-leg-straightener.ts';
import type { ShapeSteps } from './create-shape-steps.ts';
import { createTrunkStraightener } from './create-trunk-straightener.ts';
import { pitchCamera } from './pitch-camera.ts';
import { placeLandmarks } from './place-landmarks.ts';
import { poseBones } from './pose-bones.ts';
import type { PoseStep } from './pose-step.ts';
import { readLandmarks } from './read-landmarks.ts';
import { requireShoulders } from './require-shoulders.ts';
import { writeConfidence } from './write-confidence.ts';

/**
 * Creates the steps of the body solve (from a tracked frame's landmarks and mask to the posed body) for one shopper, in
 * their order. The comment of each step says what it computes or corrects.
 *
 * @param shape The steps that learn the shopper's shape.
 * @param without Names of steps to leave out.
 * @throws If a name in `without` is no step that can be left out.
 */
export function createPoseSteps(shape: ShapeSteps, without: readonly string[]): readonly PoseStep[] {
  const steps: readonly PoseStep[] = [
    shape.scaleLandmarks,
    readLandmarks,
    createFacingKeeper(),
    requireShoulders,
    createTrunkStraightener(),
    createLegStraightener(),
    pitchCamera,
    shape.resizeBones,
    createBodyLocator(),
    createDistanceSmoother(),
    createDepthSmoother(),
    placeLandmarks,
    shape.shapeBody,
    shape.liftLandmarks,
    createLandmarkFitter(),
    createLegGuesser(),
    poseBones,
    shape.learnOutline,
    centreOnOutline,
    createLandmarkSteadier(),
    poseBones,
    writeConfidence,
  ];
  const optional = steps.filter(({ isEssential }) => !isEssential).map(({ name }) => name);
  const unknown = without.find((name) => !optional.includes(name));
  if (unknown !== undefined)
    throw new Error(`A step that can be left out is one of ${optional.join(', ')}, not "${unknown}".`);
  return steps.filter(({ name }) => !without.includes(name));
}

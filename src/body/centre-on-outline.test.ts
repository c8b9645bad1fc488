import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { PosedBody } from './body.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { landmarkIndex } from './landmark-index.ts';
import { trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
/** The landmarks are this far beside the person in the mask, as a share of the picture's width. */
const LAG = 0.015;

/** Solves one photo of a standing person after `change` of its landmarks. */
function solvePhoto(change: (landmarks: Float32Array) => void, without: string[] = []): PosedBody {
  const tracked = trackStandingPerson(mannequin, { weights: population.female.mean, armAngle: 0.5 });
  const body = createPosedBody();
  change(tracked.landmarks);
  createBodySolver(mannequin, { without }).solve(tracked, body, true);
  return body;
}

/** Solves one photo whose landmarks lag; returns x of some joints, metres in camera space. */
function solve({ lag, without }: { lag: number; without?: string[] }): Record<'hips' | 'neck' | 'knee', number> {
  const body = solvePhoto((landmarks) => {
    for (let i = 0; i < landmarks.length; i += LANDMARK_VALUES) landmarks[i] += lag;
  }, without);
  const x = (bone: keyof typeof boneIndex): number => body.positions[3 * boneIndex[bone]];
  return { hips: x('hips'), neck: x('neck'), knee: x('leftLowerLeg') };
}

it('moves a body whose landmarks lag towards its outline, trunk and legs', () => {
  const truth = solve({ lag: 0 });
  const left = solve({ lag: LAG, without: ['centre-on-outline'] });
  const centred = solve({ lag: LAG });
  for (const joint of ['hips', 'neck', 'knee'] as const) {
    const lag = Math.abs(left[joint] - truth[joint]);
    expect(lag).toBeGreaterThan(0.015);
    expect(Math.abs(centred[joint] - truth[joint])).toBeLessThan(0.7 * lag);
  }
});

it('hardly moves a body that stands in the middle of its outline', () => {
  const moved = solve({ lag: 0 });
  const unmoved = solve({ lag: 0, without: ['centre-on-outline'] });
  for (const joint of ['hips', 'neck', 'knee'] as const)
    expect(Math.abs(moved[joint] - unmoved[joint])).toBeLessThan(0.004);
});

it.each([
  ['low', 0.02],
  ['high', -0.02],
] as const)('moves shoulders whose landmarks are too %s towards their outline', (_, metres) => {
  const heightOf = (offMetres: number, without?: string[]): number => {
    const body = solvePhoto((landmarks) => {
      // The picture is 2.8 m high at the person's distance of 2.4 m.
      for (const shoulder of [landmarkIndex.leftShoulder, landmarkIndex.rightShoulder])
        landmarks[LANDMARK_VALUES * shoulder + 1] += offMetres / 2.8;
    }, without);
    return body.positions[3 * boneIndex.leftUpperArm + 1];
  };
  const truth = heightOf(0);
  const left = Math.abs(heightOf(metres, ['centre-on-outline']) - truth);
  expect(left).toBeGreaterThan(0.01);
  expect(Math.abs(heightOf(metres) - truth)).toBeLessThan(0.9 * left);
});

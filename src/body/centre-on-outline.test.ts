import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
/** The landmarks are this far beside the person in the mask, as a share of the picture's width. */
const LAG = 0.015;

/** Solves one photo of a standing person; returns x of some joints, metres in camera space. */
function solve({ lag, without = [] }: { lag: number; without?: string[] }): Record<'hips' | 'neck' | 'knee', number> {
  const tracked = trackStandingPerson(mannequin, { weights: population.female.mean, armAngle: 0.2 });
  const landmarks = tracked.landmarks.map((value, i) => (i % LANDMARK_VALUES === 0 ? value + lag : value));
  const body = createPosedBody();
  createBodySolver(mannequin, { without }).solve({ ...tracked, landmarks }, body, true);
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

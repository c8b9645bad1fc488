import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { SizedPart } from './body-segments.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { trackStandingPerson } from './learn-shape.test-helper.ts';
import { trunkRise } from './raised-shoulder.ts';
import { resizeBones } from './resize-bones.ts';
import { trunkExtent } from './trunk-axis.ts';

const mannequin = await committedMannequin();

/** Returns the world landmarks of a standing person, 3 × 33, metres, y upwards. */
function standingWorld(armAngle: number): Float64Array {
  const { worldLandmarks } = trackStandingPerson(mannequin, { weights: population.female.mean, armAngle });
  return Float64Array.from({ length: 99 }, (_, i) => {
    const value = worldLandmarks[LANDMARK_VALUES * Math.floor(i / 3) + (i % 3)];
    return i % 3 === 0 ? value : -value;
  });
}

function distance(points: ArrayLike<number>, a: number, b: number): number {
  return Math.hypot(...[0, 1, 2].map((axis) => points[3 * a + axis] - points[3 * b + axis]));
}

it('gives trunk and legs their learned lengths, in their directions, and keeps arms and head as they are', () => {
  const world = standingWorld(0.6);
  const before = world.slice();
  const learned: Record<SizedPart, number> = { trunk: 0.46, thigh: 0.4, shank: 0.38 };
  resizeBones(world, { learnedLength: (part) => learned[part] });
  expect(Math.hypot(...[0, 1, 2].map((axis) => trunkExtent(world, 3, axis)))).toBeCloseTo(0.46 * trunkRise(before), 6);
  expect(distance(world, at.leftHip, at.leftKnee)).toBeCloseTo(0.4, 6);
  expect(distance(world, at.rightKnee, at.rightAnkle)).toBeCloseTo(0.38, 6);
  expect(trunkExtent(world, 3, 2) / trunkExtent(world, 3, 1)).toBeCloseTo(
    trunkExtent(before, 3, 2) / trunkExtent(before, 3, 1),
    6,
  );
  for (const [a, b] of [
    [at.leftShoulder, at.leftElbow],
    [at.rightElbow, at.rightWrist],
    [at.nose, at.leftShoulder],
    [at.leftAnkle, at.leftHeel],
  ])
    expect(distance(world, a, b)).toBeCloseTo(distance(before, a, b), 6);
});

it('changes nothing of landmarks that have the learned lengths', () => {
  const world = standingWorld(0.6);
  const before = world.slice();
  resizeBones(world, { learnedLength: (_, metres) => metres });
  expect([...world]).toEqual([...before]);
});

/**
 * Solves a film in which the tracker finds the hips lower in the picture than in space, as under a hem. Returns the
 * distance of the hips from the camera, metres.
 */
function hipDistance({ lowMetres, without }: { lowMetres: number; without: string[] }): number {
  const frame = (timeMs: number): TrackedFrame => {
    const tracked = trackStandingPerson(mannequin, { weights: population.female.mean, armAngle: 0.3 });
    // The picture is 2.8 m high at the person's distance of 2.4 m.
    for (const hip of [at.leftHip, at.rightHip]) tracked.landmarks[LANDMARK_VALUES * hip + 1] += lowMetres / 2.8;
    return Object.assign(tracked, { timeMs });
  };
  const solver = createBodySolver(mannequin, { without });
  solver.setStature(100 * mannequin.statureMetres);
  const body = createPosedBody();
  for (let i = 0; i < 40; i++) solver.solve(frame(i * 33), body, true);
  return -body.positions[3 * boneIndex.hips + 2];
}

it('places a person whose hips are drawn down in the picture more than in space as far away as without it', () => {
  const change = (without: string[]): number =>
    Math.abs(hipDistance({ lowMetres: 0.05, without }) - hipDistance({ lowMetres: 0, without }));
  expect(change([])).toBeLessThan(0.7 * change(['resize-bones']));
});

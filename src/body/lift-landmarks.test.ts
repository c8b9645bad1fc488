import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
/** Metres by which clothes draw hips and knees down. */
const LOW_HIPS = 0.06;
const LOW_KNEES = 0.025;
/** By how much wide clothes stand off the body on each side, metres. */
const EASE = 0.045;

/** Widens the silhouette from the chest to the shins. */
function widen({ width, height, data }: PersonMask, pixelsPerMetre: number): void {
  const by = Math.round(EASE * pixelsPerMetre);
  for (let row = 0; row < height; row++) {
    const y = (height / 2 - row) / pixelsPerMetre;
    if (y > 0.42 || y < -0.7) continue;
    const old = data.slice(row * width, (row + 1) * width);
    for (let column = 0; column < width; column++)
      data[row * width + column] = Math.max(...old.subarray(Math.max(0, column - by), column + by + 1));
  }
}

/** Solves a photo and returns the height of the hips, metres in camera space. */
function hipHeight({ isLoose = false, lowShare = 0, without = [] as string[] }): number {
  const weights = population.female.mean;
  const tracked = trackStandingPerson(mannequin, { weights, armAngle: 0, changeMask: isLoose ? widen : undefined });
  // The picture is 2.8 m high at the person's distance of 2.4 m.
  const lower = (landmark: number, metres: number): void => {
    tracked.landmarks[LANDMARK_VALUES * landmark + 1] += (lowShare * metres) / 2.8;
  };
  for (const hip of [at.leftHip, at.rightHip]) lower(hip, LOW_HIPS);
  for (const knee of [at.leftKnee, at.rightKnee]) lower(knee, LOW_KNEES);
  // World landmarks are relative to the hips, so all others rise.
  for (let i = 0; i < 33; i++) {
    const isLow =
      i === at.leftHip || i === at.rightHip ? LOW_HIPS : i === at.leftKnee || i === at.rightKnee ? LOW_KNEES : 0;
    tracked.worldLandmarks[LANDMARK_VALUES * i + 1] -= lowShare * (LOW_HIPS - isLow);
  }
  const body = createPosedBody();
  createBodySolver(mannequin, { without }).solve(tracked, body, true);
  return body.positions[3 * boneIndex.hips + 1];
}

it('finds the hips of a person in wide clothes, whose landmarks lie too low, nearer to where they are', () => {
  const truth = hipHeight({});
  const landmarksAlone = truth - hipHeight({ isLoose: true, lowShare: 1, without: ['lift-landmarks'] });
  const lifted = truth - hipHeight({ isLoose: true, lowShare: 1 });
  expect(landmarksAlone).toBeGreaterThan(0.02);
  expect(Math.abs(lifted)).toBeLessThan(0.6 * landmarksAlone);
});

it('leaves the hips of a person in fitted clothes where their landmarks are', () => {
  expect(Math.abs(hipHeight({}) - hipHeight({ without: ['lift-landmarks'] }))).toBeLessThan(0.005);
});

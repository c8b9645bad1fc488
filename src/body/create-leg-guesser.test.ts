import { Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import { createLegGuesser } from './create-leg-guesser.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { between } from './points.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

const mannequin = await committedMannequin();
const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
const LEGS = [
  [at.leftHip, at.leftKnee, at.leftAnkle],
  [at.rightHip, at.rightKnee, at.rightAnkle],
];
/** A person who lies on the side, turned, two metres away. */
const lying = new Quaternion()
  .setFromAxisAngle(new Vector3(0, 0, 1), 1.4)
  .multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), 0.5));

/** The mannequin's landmarks, rotated, two metres away. */
function stand(rotation = new Quaternion()): Float64Array {
  const placed = Float64Array.from(rest.sites);
  for (let i = 0; i < LANDMARK_COUNT; i++)
    new Vector3()
      .fromArray(placed, 3 * i)
      .applyQuaternion(rotation)
      .add(new Vector3(0, 0, -2))
      .toArray(placed, 3 * i);
  return placed;
}

/** Turns both thighs forwards, towards the viewer, with the shanks hanging. */
function sit(placed: Float64Array): Float64Array {
  for (const [hip, knee, ankle] of LEGS) {
    const thigh = between(placed, hip, knee, new Vector3());
    const shank = between(placed, knee, ankle, new Vector3());
    new Vector3()
      .fromArray(placed, 3 * hip)
      .add(new Vector3(0, 0, thigh.length()))
      .toArray(placed, 3 * knee);
    new Vector3()
      .fromArray(placed, 3 * knee)
      .add(shank)
      .toArray(placed, 3 * ankle);
  }
  return placed;
}

/** Moves all landmarks below the hips to places at random, up to a metre away. */
function flail(placed: Float64Array, random: () => number): Float64Array {
  for (let i = at.leftKnee; i < LANDMARK_COUNT; i++) for (let a = 0; a < 3; a++) placed[3 * i + a] += 2 * random() - 1;
  return placed;
}

/** Visibilities of 1, but of `legs` for knees, ankles and feet. */
function see(legs: number): Float64Array {
  return new Float64Array(LANDMARK_COUNT).fill(1).fill(legs, at.leftKnee);
}

function guess(guesser: ReturnType<typeof createLegGuesser>, placed: Float64Array, legs: number, timeMs: number) {
  const tracked = { ...createTrackedFrame(), timeMs };
  guesser.apply({ placed, rest, visibility: see(legs), uprightSlope: null, tracked });
  return placed;
}

/** Largest distance of a knee or ankle in two poses, metres. */
function apart(a: Float64Array, b: Float64Array): number {
  const distances = LEGS.flatMap(([, ...joints]) => joints).map((i) =>
    Math.hypot(a[3 * i] - b[3 * i], a[3 * i + 1] - b[3 * i + 1], a[3 * i + 2] - b[3 * i + 2]),
  );
  return Math.max(...distances);
}

describe('guesses hidden legs', () => {
  it.each([
    ['standing', new Quaternion()],
    ['lying', lying],
  ])('in line with the trunk, wherever the tracker has them: %s, seed 11', (_, rotation) => {
    const random = createRandom(11);
    const guesser = createLegGuesser();
    for (let frame = 0; frame < 20; frame++) {
      const placed = guess(guesser, flail(stand(rotation), random), 0.02, 33 * frame);
      expect(apart(placed, stand(rotation))).toBeLessThan(0.01);
    }
  });

  it('leaves legs that are seen exactly where their landmarks are', () => {
    const seated = sit(stand());
    expect(guess(createLegGuesser(), seated.slice(), 0.9, 0)).toEqual(seated);
  });

  it('keeps thighs forward for a moment after the knees of a seated person left the picture, then lets them down', () => {
    const random = createRandom(12);
    const guesser = createLegGuesser();
    let timeMs = 0;
    for (; timeMs < 3000; timeMs += 33) guess(guesser, sit(stand()), 0.9, timeMs);
    expect(apart(guess(guesser, flail(stand(), random), 0.02, timeMs), sit(stand()))).toBeLessThan(0.1);
    for (const end = timeMs + 6000; timeMs < end; timeMs += 33) guess(guesser, flail(stand(), random), 0.02, timeMs);
    expect(apart(guess(guesser, flail(stand(), random), 0.02, timeMs), stand())).toBeLessThan(0.05);
  });

  it('moves by little when the visibility changes by little', () => {
    for (let visibility = 0; visibility < 1; visibility += 0.02) {
      const [less, more] = [visibility, visibility + 0.02].map((v) => guess(createLegGuesser(), sit(stand()), v, 0));
      expect(apart(less, more), `visibility ${visibility.toFixed(2)}`).toBeLessThan(0.12);
    }
  });

  it('forgets the legs with the person', () => {
    const guesser = createLegGuesser();
    guess(guesser, sit(stand()), 0.9, 0);
    guesser.reset?.();
    expect(apart(guess(guesser, sit(stand()), 0.02, 33), stand())).toBeLessThan(0.01);
  });
});

import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { createLandmarkFitter } from './create-landmark-fitter.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

const mannequin = await committedMannequin();
const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
/** Where the middle of the hips is, camera space, metres. */
const HIPS = new Vector3(0.1, -0.2, -2.5);

/** The landmarks of a mannequin at rest that is turned aside by `turn` radians: where they are, in camera space. */
function standing(turn: number): Float64Array {
  const middle = new Vector3()
    .fromArray(rest.sites, 3 * at.leftHip)
    .add(new Vector3().fromArray(rest.sites, 3 * at.rightHip))
    .multiplyScalar(0.5);
  const sites = new Float64Array(3 * LANDMARK_COUNT);
  for (let i = 0; i < LANDMARK_COUNT; i++)
    new Vector3()
      .fromArray(rest.sites, 3 * i)
      .sub(middle)
      .applyAxisAngle(new Vector3(0, 1, 0), turn)
      .add(HIPS)
      .toArray(sites, 3 * i);
  return sites;
}

/**
 * Fits landmarks that the picture shows at `seen`, while the tracker says the depths of `modelled`: both are points in
 * camera space.
 */
function fitLandmarks(
  seen: Float64Array,
  modelled = seen,
  visibility = new Float64Array(LANDMARK_COUNT).fill(1),
): Float64Array {
  const rays = new Float64Array(2 * LANDMARK_COUNT);
  const world = new Float64Array(3 * LANDMARK_COUNT);
  const placed = new Float64Array(3 * LANDMARK_COUNT);
  for (let i = 0; i < LANDMARK_COUNT; i++) {
    const z = modelled[3 * i + 2];
    for (let k = 0; k < 2; k++) {
      rays[2 * i + k] = seen[3 * i + k] / -seen[3 * i + 2];
      placed[3 * i + k] = rays[2 * i + k] * -z;
    }
    for (let k = 0; k < 3; k++) world[3 * i + k] = modelled[3 * i + k] - HIPS.getComponent(k);
    placed[3 * i + 2] = z;
  }
  const inputs = [rays.slice(), world.slice(), visibility.slice()];
  createLandmarkFitter().apply({ placed, rest, rays, world, visibility, translation: HIPS.clone() });
  expect([rays, world, visibility]).toEqual(inputs);
  return placed;
}
function distance(points: Float64Array, truth: Float64Array, landmark: number): number {
  return new Vector3().fromArray(points, 3 * landmark).distanceTo(new Vector3().fromArray(truth, 3 * landmark));
}

describe('createLandmarkFitter', () => {
  it.each([0, 0.7, Math.PI / 2, Math.PI])('leaves landmarks that fit the body where they are, turned by %f', (turn) => {
    const truth = standing(turn);
    fitLandmarks(truth).forEach((value, i) => expect(Math.abs(value - truth[i])).toBeLessThan(1e-6));
  });

  it.each([0, 0.7, Math.PI / 2])('brings hips that were found too low most of the way back, turned by %f', (turn) => {
    const truth = standing(turn);
    const seen = truth.slice();
    for (const hip of [at.leftHip, at.rightHip]) seen[3 * hip + 1] -= 0.07;
    const fitted = fitLandmarks(seen);
    for (const hip of [at.leftHip, at.rightHip]) expect(distance(fitted, truth, hip)).toBeLessThan(0.035);
    for (const shoulder of [at.leftShoulder, at.rightShoulder])
      expect(distance(fitted, truth, shoulder)).toBeLessThan(0.02);
  });

  it('puts hips outside the picture in the line of the trunk (seed 4)', () => {
    const random = createRandom(4);
    const truth = standing(0.3);
    const seen = truth.slice();
    const visibility = new Float64Array(LANDMARK_COUNT).fill(1);
    for (let i = at.leftHip; i < LANDMARK_COUNT; i++) {
      visibility[i] = 0.05;
      for (let k = 0; k < 2; k++) seen[3 * i + k] += 0.2 * (random() - 0.5);
    }
    const fitted = fitLandmarks(seen, truth, visibility);
    for (const hip of [at.leftHip, at.rightHip]) expect(distance(fitted, truth, hip)).toBeLessThan(0.02);
  });

  /**
   * An arm that hangs, or that is foreshortened: the elbow is `forward` metres nearer, on its circle round the
   * shoulder.
   */
  function armForward(forward: number): Float64Array {
    const points = standing(0);
    const [shoulder, elbow] = [at.leftShoulder, at.leftElbow].map((i) => new Vector3().fromArray(points, 3 * i));
    const arm = elbow.clone().sub(shoulder);
    const length = arm.length();
    arm.z = 0;
    arm.setLength(Math.sqrt(length ** 2 - forward ** 2));
    arm.z = forward;
    const moved = shoulder.add(arm).sub(elbow);
    for (const i of [at.leftElbow, at.leftWrist, at.leftPinky, at.leftIndex, at.leftIndex + 2])
      for (let k = 0; k < 3; k++) points[3 * i + k] += moved.getComponent(k);
    return points;
  }

  it.each([0.2, -0.2])(
    'brings an arm that is %f m nearer closer to its depth than the tracker does, on the same side',
    (forward) => {
      const truth = armForward(forward);
      const modelled = armForward(0.4 * forward);
      const fitted = fitLandmarks(truth, modelled);
      const error = (points: Float64Array): number =>
        Math.abs(points[3 * at.leftElbow + 2] - truth[3 * at.leftElbow + 2]);
      expect(error(fitted)).toBeLessThan(0.6 * error(modelled));
      expect(Math.sign(fitted[3 * at.leftElbow + 2] - fitted[3 * at.leftShoulder + 2])).toBe(Math.sign(forward));
    },
  );

  it('keeps visible landmarks of limbs within a centimetre of their image rays when depths are noisy (seed 5)', () => {
    const random = createRandom(5);
    const truth = standing(0.2);
    const modelled = truth.slice();
    for (let i = 0; i < LANDMARK_COUNT; i++) modelled[3 * i + 2] += 0.1 * (random() - 0.5);
    const fitted = fitLandmarks(truth, modelled);
    for (const i of [at.leftElbow, at.rightElbow, at.leftWrist, at.rightWrist, at.leftKnee, at.rightAnkle])
      for (let k = 0; k < 2; k++)
        expect(Math.abs(fitted[3 * i + k] / -fitted[3 * i + 2] - truth[3 * i + k] / -truth[3 * i + 2])).toBeLessThan(
          0.01 / 2.5,
        );
  });

  it('leaves landmarks that coincide alone', () => {
    const points = new Float64Array(3 * LANDMARK_COUNT);
    for (let i = 0; i < LANDMARK_COUNT; i++) HIPS.toArray(points, 3 * i);
    expect(fitLandmarks(points)).toEqual(points);
  });
});

import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { BONE_COUNT, boneIndex, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createPosedBody } from './create-posed-body.ts';
import { landmarkIndex } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { solveSkeleton } from './solve-skeleton.ts';

const mannequin = await committedMannequin();
const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
const FORWARDS = new Vector3(0, 0, 1);

/**
 * Landmarks of the rest pose with clavicles raised by `clavicle`, and arms rotated by `arm` relative to them, radians.
 */
function raise(sides: readonly ('left' | 'right')[], arm: number, clavicle: number): Float32Array {
  const locals = Float32Array.from({ length: 4 * BONE_COUNT }, (_, i) => (i % 4 === 3 ? 1 : 0));
  for (const side of sides) {
    const sign = side === 'left' ? 1 : -1;
    new Quaternion().setFromAxisAngle(FORWARDS, sign * clavicle).toArray(locals, 4 * boneIndex[`${side}Shoulder`]);
    new Quaternion().setFromAxisAngle(FORWARDS, sign * arm).toArray(locals, 4 * boneIndex[`${side}UpperArm`]);
  }
  const pose = poseMannequin(
    rest.joints,
    locals,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const placed = new Float32Array(3 * 33);
  for (const site of mannequin.sites) placeSite(site, pose, new Vector3()).toArray(placed, 3 * site.landmark);
  return placed;
}

it.each([
  ['both arms', ['left', 'right']],
  ['one arm', ['left']],
] as const)('rotates the clavicles when %s go up, and leaves neck and chest in place', (_, sides) => {
  const body = createPosedBody();
  expect(solveSkeleton(raise(sides, 1.6, 0.4), rest, null, body)).toBe(true);
  const neck = new Vector3().fromArray(body.positions, 3 * boneIndex.neck);
  expect(neck.distanceTo(new Vector3().fromArray(rest.joints, 3 * boneIndex.neck))).toBeLessThan(0.01);
  const chest = new Quaternion().fromArray(body.rotations, 4 * boneIndex.upperChest);
  expect(chest.angleTo(new Quaternion())).toBeLessThan(0.03);
  for (const side of sides) {
    const clavicle = new Quaternion().fromArray(body.rotations, 4 * boneIndex[`${side}Shoulder`]);
    expect(clavicle.angleTo(new Quaternion().setFromAxisAngle(FORWARDS, side === 'left' ? 0.4 : -0.4))).toBeLessThan(
      0.06,
    );
  }
});

it('cannot distinguish raised shoulders above hanging arms from a longer trunk: the neck rises', () => {
  const placed = raise(['left', 'right'], -0.35, 0.35);
  const body = createPosedBody();
  solveSkeleton(placed, rest, null, body);
  const rise = placed[3 * landmarkIndex.leftShoulder + 1] - rest.sites[3 * landmarkIndex.leftShoulder + 1];
  expect(body.positions[3 * boneIndex.neck + 1] - rest.joints[3 * boneIndex.neck + 1]).toBeCloseTo(rise, 2);
});

it('takes shoulders that rise further than raised arms lift them for a rise of the clavicles: the neck hardly rises', () => {
  const neckOf = (clavicle: number): number => {
    const body = createPosedBody();
    solveSkeleton(raise(['left', 'right'], 2 - clavicle, clavicle), rest, null, body);
    return body.positions[3 * boneIndex.neck + 1];
  };
  const shoulderOf = (clavicle: number): number =>
    raise(['left', 'right'], 2 - clavicle, clavicle)[3 * landmarkIndex.leftShoulder + 1];
  const rise = shoulderOf(0.6) - shoulderOf(0.35);
  expect(rise).toBeGreaterThan(0.015);
  expect(neckOf(0.6) - neckOf(0.35)).toBeLessThan(0.4 * rise);
});

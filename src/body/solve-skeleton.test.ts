import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createPosedBody } from './create-posed-body.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { solveSkeleton } from './solve-skeleton.ts';

const mannequin = await committedMannequin();
const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
const forwards = new Vector3(0, 0, 1);

/** The sites at rest, but with arms raised by `arm` from there and clavicles by `clavicle`, radians. */
const raise = (sides: readonly ('left' | 'right')[], arm: number, clavicle: number): Float32Array => {
  const placed = rest.sites.slice();
  for (const side of sides) {
    const sign = side === 'left' ? 1 : -1;
    const shoulder = at[`${side}Shoulder`];
    const joint = new Vector3().fromArray(rest.joints, 3 * boneIndex[`${side}Shoulder`]);
    const before = new Vector3().fromArray(rest.sites, 3 * shoulder);
    const after = before.clone().sub(joint).applyAxisAngle(forwards, sign * clavicle).add(joint);
    after.toArray(placed, 3 * shoulder);
    // Elbow, wrist and hand.
    for (let i = shoulder + 2; i <= shoulder + 10; i += 2) {
      new Vector3().fromArray(rest.sites, 3 * i).sub(before).applyAxisAngle(forwards, sign * arm).add(after).toArray(placed, 3 * i);
    }
  }
  return placed;
};

it.each([
  ['both arms', ['left', 'right']],
  ['one arm', ['left']],
] as const)('leaves neck and chest where they are when %s go up, and turns the clavicles', (_, sides) => {
  const body = createPosedBody();
  expect(solveSkeleton(raise(sides, 1.8, 0.35), rest, null, body)).toBe(true);
  const neck = new Vector3().fromArray(body.positions, 3 * boneIndex.neck);
  expect(neck.distanceTo(new Vector3().fromArray(rest.joints, 3 * boneIndex.neck))).toBeLessThan(0.01);
  const chest = new Quaternion().fromArray(body.rotations, 4 * boneIndex.upperChest);
  expect(chest.angleTo(new Quaternion())).toBeLessThan(0.03);
  for (const side of sides) {
    const clavicle = new Quaternion().fromArray(body.rotations, 4 * boneIndex[`${side}Shoulder`]);
    expect(clavicle.angleTo(new Quaternion().setFromAxisAngle(forwards, side === 'left' ? 0.35 : -0.35))).toBeLessThan(0.06);
  }
});

it('takes shoulders that rise with arms that hang for a longer trunk, as it must', () => {
  const placed = raise(['left', 'right'], 0, 0.35);
  const body = createPosedBody();
  solveSkeleton(placed, rest, null, body);
  const rise = placed[3 * at.leftShoulder + 1] - rest.sites[3 * at.leftShoulder + 1];
  expect(body.positions[3 * boneIndex.neck + 1] - rest.joints[3 * boneIndex.neck + 1]).toBeCloseTo(rise, 2);
});

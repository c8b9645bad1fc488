import { Vector3 } from 'three';
import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { settleHips } from './settle-hips.ts';

const mannequin = await committedMannequin();
const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());

it.each([0, 0.7, Math.PI / 2])(
  'brings hips that were found too low back to where the trunk ends, turned aside by %f',
  (angle) => {
    const turned = Float64Array.from(rest.sites);
    for (let i = 0; i < turned.length; i += 3)
      new Vector3()
        .fromArray(turned, i)
        .applyAxisAngle(new Vector3(0, 1, 0), angle)
        .toArray(turned, i);
    const placed = turned.slice();
    for (const hip of [at.leftHip, at.rightHip]) placed[3 * hip + 1] -= 0.07;
    settleHips.apply({ placed, rest });
    placed.forEach((value, i) => expect(Math.abs(value - turned[i])).toBeLessThan(0.004));
  },
);

it('leaves shoulders that rise with the arms out of account', () => {
  const placed = Float64Array.from(rest.sites);
  for (const [side, sign] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    const shoulder = new Vector3().fromArray(rest.sites, 3 * at[`${side}Shoulder`]);
    // Overhead, and the shoulder up by what shows of the clavicle's lift then.
    shoulder.y += 0.045;
    shoulder.toArray(placed, 3 * at[`${side}Shoulder`]);
    shoulder.add(new Vector3(sign * 0.1, 0.25, 0)).toArray(placed, 3 * at[`${side}Elbow`]);
  }
  settleHips.apply({ placed, rest });
  expect(Math.abs(placed[3 * at.leftHip + 1] - rest.sites[3 * at.leftHip + 1])).toBeLessThan(0.008);
});

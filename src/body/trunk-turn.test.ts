import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { createPosedBody } from './create-posed-body.ts';
import { trunkTurn } from './trunk-turn.ts';

/** Returns the turn of a body that is turned about the vertical by an angle, radians. */
function turnedBy(angle: number): number {
  const body = createPosedBody();
  new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), angle).toArray(body.rotations, 4 * boneIndex.spine);
  return trunkTurn(body);
}

it('is the angle of a small turn from the front or the back, towards the right of the picture', () => {
  for (const angle of [-0.1, 0.1]) {
    expect(turnedBy(angle)).toBeCloseTo(angle, 2);
    expect(turnedBy(Math.PI + angle)).toBeCloseTo(angle, 2);
  }
});

it('is 0 in a side view', () => {
  expect(turnedBy(Math.PI / 2)).toBeCloseTo(0, 6);
  expect(turnedBy(-Math.PI / 2)).toBeCloseTo(0, 6);
});

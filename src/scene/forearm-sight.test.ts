import { expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { ForearmSight } from './forearm-sight.ts';

/** A body in front of a camera whose picture is 4 m wide and 2 m high at a distance of 1 m; joints in metres. */
function seenBody(joints: Partial<Record<BoneName, [number, number, number]>>) {
  const body = createPosedBody();
  body.camera = { fovYDegrees: 90, width: 400, height: 200 };
  for (const [name, position] of Object.entries(joints)) body.positions.set(position, 3 * boneIndex[name as BoneName]);
  return body;
}
/** Expects a point of the picture within 5e-6. */
function expectPoint(place: { x: number; y: number }, x: number, y: number) {
  expect(place.x).toBeCloseTo(x, 5);
  expect(place.y).toBeCloseTo(y, 5);
}

it('projects elbow, wrist and hand into the picture, as shares of its sides from the top left', () => {
  const sight = new ForearmSight();
  sight.takeBody(
    seenBody({
      leftLowerArm: [1, 1, -2],
      leftHand: [0, 0, -1],
      rightLowerArm: [-2, 0.5, -1],
      rightHand: [-2, 0.5, -1],
    }),
  );
  const [elbow, wrist, hand, otherElbow, otherWrist, otherHand] = sight.uniforms.forearms.value;
  expectPoint(elbow, 0.625, 0.25);
  expectPoint(wrist, 0.5, 0.5);
  // The hand lies 0.3 forearm lengths beyond the wrist, which is 0.3 m nearer to the camera.
  expectPoint(hand, 0.5 - 0.3 / 0.7 / 4, 0.5 + 0.3 / 0.7 / 2);
  for (const place of [otherElbow, otherWrist, otherHand]) expectPoint(place, 0, 0.25);
});

it('samples own clothes at both sides of the trunk and along the thighs', () => {
  const sight = new ForearmSight();
  sight.takeBody(
    seenBody({
      hips: [0, 0, -1],
      upperChest: [0, 0.4, -1],
      leftUpperLeg: [0.1, 0, -1],
      leftLowerLeg: [0.1, -0.4, -1],
      rightUpperLeg: [-0.1, 0, -1],
      rightLowerLeg: [-0.1, -0.4, -1],
    }),
  );
  const places = sight.uniforms.worn.value;
  expectPoint(places[0], 0.5 - 0.08 / 4, 0.5 - 0.3 / 2);
  expectPoint(places[1], 0.5 + 0.08 / 4, 0.5 - 0.3 / 2);
  expectPoint(places[8], 0.5 + 0.1 / 4, 0.5 + 0.16 / 2);
  expectPoint(places[9], 0.5 - 0.1 / 4, 0.5 + 0.16 / 2);
});

it('writes finite points for joints at the camera', () => {
  const sight = new ForearmSight();
  sight.takeBody(seenBody({}));
  for (const { x, y } of [...sight.uniforms.forearms.value, ...sight.uniforms.worn.value])
    expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
});

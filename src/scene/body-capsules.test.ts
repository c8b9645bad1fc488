import { expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { bodyAreas } from './body-areas.ts';
import { BodyCapsules } from './body-capsules.ts';

/** A person 2.5 m before the camera, joints of an adult; the right forearm lies before the trunk. */
function createBody() {
  const body = createPosedBody();
  Object.assign(body.camera, { fovYDegrees: 50, width: 480, height: 640 });
  const joints = {
    hips: [0, 0],
    spine: [0, 0.1],
    upperChest: [0, 0.4],
    neck: [0, 0.55],
    head: [0, 0.65],
    leftUpperArm: [0.18, 0.45],
    leftLowerArm: [0.3, 0.2],
    leftHand: [0.36, -0.05],
    rightUpperArm: [-0.18, 0.45],
    rightLowerArm: [-0.28, 0.2],
    rightHand: [0, 0.2],
    leftUpperLeg: [0.09, -0.05],
    leftLowerLeg: [0.1, -0.45],
    leftFoot: [0.1, -0.85],
    leftToes: [0.12, -0.95],
    rightUpperLeg: [-0.09, -0.05],
    rightLowerLeg: [-0.1, -0.45],
    rightFoot: [-0.1, -0.85],
    rightToes: [-0.12, -0.95],
  } as const;
  for (const [name, [x, y]] of Object.entries(joints))
    body.positions.set([x, y, -2.5], 3 * boneIndex[name as keyof typeof joints]);
  return body;
}

it('gives each place in the picture to the part of the body that is nearest, and sleeves before the trunk to the arm', () => {
  const capsules = new BodyCapsules();
  capsules.take(createBody(), 120, 160);
  /** Area at a place in the plane of the body, metres. */
  const areaAt = (x: number, y: number): string => {
    const perMetre = 80 / Math.tan((25 * Math.PI) / 180) / 2.5;
    return bodyAreas[capsules.areaAt(60 + x * perMetre, 80 - y * perMetre)];
  };
  expect(areaAt(0, 0.35)).toBe('trunk');
  expect(areaAt(0, 0.6)).toBe('neck');
  // The forearm before the trunk, and a sleeve that hangs 6 cm from its axis.
  expect(areaAt(-0.1, 0.2)).toBe('rightArm');
  expect(areaAt(-0.1, 0.14)).toBe('rightArm');
  // Beside the arm, far beyond its outline.
  expect(areaAt(0.6, 0.1)).toBe('leftArm');
  expect(areaAt(0, 0)).toBe('hips');
  expect(areaAt(-0.12, -0.6)).toBe('rightLeg');
  expect(areaAt(0.12, -0.95)).toBe('kept');
});

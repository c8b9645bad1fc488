import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneNames, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { createPosedBody } from './create-posed-body.ts';
import { describeBody } from './describe-body.ts';
import { estimateCamera } from './estimate-camera.ts';
import { measureBody, measureLengths } from './measure-body.ts';

const mannequin = await committedMannequin();

it('measures a longer arm as longer by what its morph says', () => {
  const shape = new Float32Array(MORPH_COUNT);
  const before = measureLengths(mannequin, shape);
  shape[morphIndex.lowerArmLength] = 0.5;
  const after = measureLengths(mannequin, shape);
  expect(after.arm - before.arm).toBeCloseTo(0.5 * mannequin.morphs[morphIndex.lowerArmLength].cmPerUnit, 3);
  expect(after.leg).toBe(before.leg);
});

it('tells lengths with an interval, wider without a stated stature, and no girth at all', () => {
  const body = createPosedBody();
  body.shapeVersion = 1;
  const stated = measureBody(body, mannequin, true);
  const guessed = measureBody(body, mannequin, false);
  for (const name of ['shoulder', 'arm', 'leg']) {
    const [sure, unsure] = [stated[name]!, guessed[name]!];
    expect(sure.low).toBeLessThan(sure.cm);
    expect(sure.high).toBeGreaterThan(sure.cm);
    expect(unsure.high - unsure.low).toBeGreaterThan(2 * (sure.high - sure.low));
  }
  for (const name of ['chest', 'waist', 'hip']) expect(stated[name]).toBeNull();
});

it('cannot tell before anybody was measured', () => {
  expect(Object.values(measureBody(createPosedBody(), mannequin, true)).every((measure) => measure === null)).toBe(
    true,
  );
});

it('describes a body by names, in a copy that the next frame leaves alone, and nobody as null', () => {
  const body = createPosedBody();
  expect(describeBody(body, mannequin)).toBeNull();
  body.found = true;
  estimateCamera(640, 480, body.camera);
  body.positions.fill(1);
  const described = describeBody(body, mannequin)!;
  body.positions.fill(2);
  body.camera.width = 1;
  expect(Object.keys(described.joints)).toEqual([...boneNames]);
  expect(described.joints.leftHand).toEqual([1, 1, 1]);
  expect(described.camera.width).toBe(640);
  expect(described.shape.arm).toBeGreaterThan(40);
});

it('takes the same angle for the longer side of an upright and a level picture', () => {
  const camera = createPosedBody().camera;
  const upright = estimateCamera(720, 1280, camera).fovYDegrees;
  const level = estimateCamera(1280, 720, camera).fovYDegrees;
  expect(upright).toBeCloseTo(60);
  expect(halfHeightAtUnitDistance(level) / halfHeightAtUnitDistance(upright)).toBeCloseTo(720 / 1280);
});

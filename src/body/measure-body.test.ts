import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneNames, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { createPosedBody } from './create-posed-body.ts';
import { describeBody } from './describe-body.ts';
import { estimateCamera } from './estimate-camera.ts';
import { measureBody, measureLengths } from './measure-body.ts';

const mannequin = await committedMannequin();

it('a morph of the arm changes its length by its cmPerUnit', () => {
  const shape = new Float32Array(MORPH_COUNT);
  const before = measureLengths(mannequin, shape);
  shape[morphIndex.lowerArmLength] = 0.5;
  const after = measureLengths(mannequin, shape);
  expect(after.arm - before.arm).toBeCloseTo(0.5 * mannequin.morphs[morphIndex.lowerArmLength].cmPerUnit, 3);
  expect(after.leg).toBe(before.leg);
});

it('gives lengths with an interval, wider when the stature is unknown, and null for girths', () => {
  const body = createPosedBody();
  body.shapeVersion = 1;
  const stated = measureBody(body, mannequin, true);
  const guessed = measureBody(body, mannequin, false);
  for (const name of ['shoulder', 'arm', 'leg']) {
    const [known, unknown] = [stated[name]!, guessed[name]!];
    expect(known.low).toBeLessThan(known.cm);
    expect(known.high).toBeGreaterThan(known.cm);
    expect(unknown.high - unknown.low).toBeGreaterThan(2 * (known.high - known.low));
  }
  for (const name of ['chest', 'waist', 'hip']) expect(stated[name]).toBeNull();
});

it('all measures are null before the first solve', () => {
  expect(Object.values(measureBody(createPosedBody(), mannequin, true)).every((measure) => measure === null)).toBe(
    true,
  );
});

it('describeBody() copies a body into an object by names, and returns null when there is none', () => {
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

it('assumes the same angle across the longer side of portrait and landscape pictures', () => {
  const camera = createPosedBody().camera;
  const portrait = estimateCamera(720, 1280, camera).fovYDegrees;
  const landscape = estimateCamera(1280, 720, camera).fovYDegrees;
  expect(portrait).toBeCloseTo(60);
  expect(halfHeightAtUnitDistance(landscape) / halfHeightAtUnitDistance(portrait)).toBeCloseTo(720 / 1280);
});

import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

const mannequin = await committedMannequin();

/** Returns the height of the highest skin above a shoulder's joint, within 1 cm beside it, metres. */
function skinHeight(weight: number): number {
  const { positions, joints, morphs } = mannequin;
  const joint = 3 * boneIndex.leftUpperArm;
  const { positions: displacements } = morphs[morphIndex.shoulderHeight];
  let highest = -Infinity;
  for (let i = 0; i < positions.length; i += 3) {
    if (Math.abs(positions[i] - joints[joint]) > 0.01) continue;
    const y = positions[i + 1] + weight * displacements[i + 1];
    if (Math.abs(positions[i + 2] - joints[joint + 2]) < 0.05) highest = Math.max(highest, y);
  }
  return highest - joints[joint + 1];
}

it('raises the landmarks of the shoulders with the skin over the joints, but less, and nothing else', () => {
  const shape = new Float32Array(MORPH_COUNT);
  const base = shapeRestBody(mannequin, shape, createRestBody());
  shape[morphIndex.shoulderHeight] = 1.5;
  const raised = shapeRestBody(mannequin, shape, createRestBody());
  expect(raised.joints).toEqual(base.joints);
  const rise = Array.from(raised.sites, (value, i) => value - base.sites[i]);
  const skinRise = skinHeight(1.5) - skinHeight(0);
  for (const landmark of [landmarkIndex.leftShoulder, landmarkIndex.rightShoulder]) {
    expect(rise[3 * landmark + 1]).toBeGreaterThan(0.4 * skinRise);
    expect(rise[3 * landmark + 1]).toBeLessThan(0.9 * skinRise);
    rise[3 * landmark + 1] = 0;
  }
  expect(rise.every((value) => value === 0)).toBe(true);
});

import { expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { BareLimbs, bareLimbsGlsl } from './bare-limbs.ts';

it('places a line through each upper arm, forearm and the neck, as the camera sees them', () => {
  const { positions } = createPosedBody();
  const place = (bone: keyof typeof boneIndex, joint: readonly number[]): void =>
    positions.set(joint, 3 * boneIndex[bone]);
  place('rightUpperArm', [-0.2, 0.4, -2]);
  place('rightLowerArm', [-0.4, 0.1, -2]);
  place('rightHand', [-0.4, -0.1, -1]);
  place('neck', [0, 0.5, -2]);
  place('head', [0, 0.6, -2]);
  const limbs = new BareLimbs();
  limbs.takeBody({ positions });
  const { value } = limbs.uniforms.limbLines;
  const line = (i: number): number[] => [...value.subarray(4 * i, 4 * i + 4)];
  expect(bareLimbsGlsl).toContain(`limbLines[${value.length / 4}]`);
  const [upperArm, forearm, neck] = [2, 3, 4].map(line);
  // It begins 0.35 of the way from shoulder to elbow, which is no matter of perspective at one depth.
  expect(upperArm[0]).toBeCloseTo(-0.27 / 2, 6);
  expect(upperArm[1]).toBeCloseTo(0.295 / 2, 6);
  expect(upperArm.slice(2)).toEqual(forearm.slice(0, 2));
  // The hand is beyond the wrist, and nearer to the camera than the elbow.
  expect(forearm[2]).toBeCloseTo(-0.4 / 0.4, 6);
  expect(forearm[3]).toBeCloseTo(-0.22 / 0.4, 6);
  expect(neck.map((ray) => Number(ray.toFixed(6)))).toEqual([0, 0.25, 0, 0.3]);
});

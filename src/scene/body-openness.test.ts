import { MeshStandardMaterial, Texture } from 'three';
import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { createPosedBody } from '../body/create-posed-body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import { createClothMaterial } from './cloth-material.ts';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { ObstacleSight } from './obstacle-sight.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

it('places a capsule in each limb: from elbow to beyond the wrist, and around the face', async () => {
  const mannequin = await committedMannequin();
  const body = createPosedBody();
  for (let i = 0; i < mannequin.joints.length; i += 3)
    body.positions.set([mannequin.joints[i], mannequin.joints[i + 1] - 0.9, mannequin.joints[i + 2] - 2.6], i);
  const openness = new BodyOpenness();
  openness.takeBody(body);
  const { limbBegins, limbEnds } = openness.uniforms;
  const jointOf = (bone: keyof typeof boneIndex): number[] => [
    ...body.positions.subarray(3 * boneIndex[bone], 3 * boneIndex[bone] + 3),
  ];
  const limbs = Array.from({ length: limbBegins.value.length / 4 }, (_, l) => ({
    begin: [...limbBegins.value.subarray(4 * l, 4 * l + 3)],
    end: [...limbEnds.value.subarray(4 * l, 4 * l + 3)],
    radius: limbBegins.value[4 * l + 3],
  }));
  const isNear = (a: number[], b: number[]): boolean => Math.hypot(...a.map((value, k) => value - b[k])) < 1e-5;
  const forearm = limbs.find(({ begin }) => isNear(begin, jointOf('leftLowerArm')));
  const [elbow, wrist] = [jointOf('leftLowerArm'), jointOf('leftHand')];
  const hand = Math.hypot(...(forearm?.end ?? wrist).map((value, k) => value - wrist[k]));
  expect(hand).toBeGreaterThan(0.05);
  expect(hand).toBeLessThan(0.15);
  expect(forearm?.radius).toBeLessThan(0.4 * Math.hypot(...elbow.map((value, k) => value - wrist[k])));
  const head = limbs.find(({ begin }) => isNear(begin, jointOf('neck')));
  expect(head?.end[1]).toBeGreaterThan(jointOf('head')[1] + 0.04);
});

it('shades cloth by its posed vertices, except where the picture shows the light, patched into the installed three.js', () => {
  const person = { value: new Texture() };
  const openness = new BodyOpenness();
  const support = {
    bones: new BodyBones(),
    grain: new CameraGrain(),
    obstacles: new ObstacleSight(person),
    outline: createOutlineInputs(),
    openness,
    seenLight: person,
  };
  const { vertexShader, fragmentShader, uniforms } = patchMaterial(
    createClothMaterial(new MeshStandardMaterial(), support, { stretch: 20, weight: 160 }),
  );
  expectInOrder(vertexShader, [
    'objectNormal = vec3(dot(poseRowX.xyz',
    'transformed = vec3(dot(poseRowX',
    'bodyOpenness =',
  ]);
  expectInOrder(fragmentShader, ['vec2 seenLightHere =', 'float openness =', 'vec3 totalDiffuse =']);
  expect(uniforms.limbEnds).toBe(openness.uniforms.limbEnds);
});

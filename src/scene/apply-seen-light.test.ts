import { MeshStandardMaterial, Texture } from 'three';
import { expect, it } from 'vitest';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import { createClothMaterial } from './cloth-material.ts';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { ObstacleSight } from './obstacle-sight.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

it('lights cloth as the picture shows it, and leaves out cast shadows there, patched into the installed three.js', () => {
  const person = { value: new Texture() };
  const seenLight = { value: new Texture() };
  const outline = createOutlineInputs();
  const obstacles = new ObstacleSight(person);
  const support = {
    bones: new BodyBones(),
    grain: new CameraGrain(),
    openness: new BodyOpenness(),
    obstacles,
    outline,
    seenLight,
  };
  const { fragmentShader, uniforms } = patchMaterial(
    createClothMaterial(new MeshStandardMaterial(), support, { stretch: 20, weight: 160 }),
  );
  expectInOrder(fragmentShader, [
    'uniform sampler2D seenLight;',
    'vec2 clothUv =',
    'vec2 seenLightHere = texture2D(seenLight',
    'directionalLightShadow.shadowIntensity * (1.0 - seenLightHere.g)',
    'reflectedLight.indirectDiffuse *= seenShare;',
    'vec3 totalDiffuse =',
  ]);
  expect(uniforms.seenLight).toBe(seenLight);
});

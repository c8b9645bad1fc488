import { MeshStandardMaterial, Texture } from 'three';
import { it } from 'vitest';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import { createClothMaterial } from './cloth-material.ts';
import { ObstacleSight } from './obstacle-sight.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

it('a hem tilts the normal before it is lit, and its seam darkens the light, patched into the installed three.js', () => {
  const person = { value: new Texture() };
  const outline = { classes: { uniform: person, isKnown: { value: false } }, coarseClasses: person, person };
  const grain = new CameraGrain();
  const support = {
    bones: new BodyBones(),
    grain,
    obstacles: new ObstacleSight(person),
    outline,
    openness: new BodyOpenness(),
    seenLight: person,
  };
  const { vertexShader, fragmentShader } = patchMaterial(
    createClothMaterial(new MeshStandardMaterial(), support, { stretch: 20, weight: 160 }),
  );
  expectInOrder(vertexShader, ['attribute float hemMetres;', 'void main()', 'fromEdgeMetres = hemMetres;']);
  expectInOrder(fragmentShader, [
    'vec3 tiltNormal(vec3 normal, vec2 rise)',
    'void main()',
    'vec3 normal = normalize( vNormal )',
    'normal = tiltNormal(normal, faceDirection * hemSlope * fromEdgeRise);',
    'reflectedLight.indirectDiffuse *= 1.0 - ',
    'vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse',
  ]);
});

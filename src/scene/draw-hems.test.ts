import { MeshStandardMaterial } from 'three';
import { it } from 'vitest';
import { createClothMaterial } from './cloth-material.ts';
import { createClothSupport } from './create-cloth-support.test-helper.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

it('a hem tilts the normal before it is lit, and its seam darkens the light, patched into the installed three.js', () => {
  const support = createClothSupport();
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

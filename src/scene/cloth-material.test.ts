import { MeshBasicMaterial, MeshStandardMaterial, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { BodyBones } from './body-bones.ts';
import {
  type ClothSupport,
  createClothDepthMaterial,
  createClothDistanceMaterial,
  createClothMaterial,
  createClothShadowMaterial,
} from './cloth-material.ts';
import { ContactShade } from './contact-shade.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

const support: ClothSupport = { bones: new BodyBones(), boneVisibility: { value: new Float32Array(BONE_COUNT) } };
const POSE = 'transformed = vec3(dot(poseRowX, restVertex)';

describe("the shader of cloth's colour, patched into the installed three.js", () => {
  it('poses vertices before it projects them, and discards the far side of the legs', () => {
    const { vertexShader, fragmentShader, uniforms } = patchMaterial(
      createClothMaterial(new MeshStandardMaterial(), support, false),
    );
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =', 'farSideSine = dot(posedOutward']);
    expectInOrder(vertexShader, [
      'vec3 objectNormal =',
      'objectNormal = vec3(dot(poseRowX.xyz',
      'vNormal = normalize(',
    ]);
    expectInOrder(fragmentShader, ['varying float farSideSine;', 'void main()', 'if (farSideSine >']);
    expect(uniforms.boneMatrixRows).toBe(support.bones.matrixRows);
    expect(uniforms).not.toHaveProperty('boneVisibility');
  });
  it('lights the visible side by its normal, the inside less', () => {
    const { fragmentShader } = patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, false));
    expectInOrder(fragmentShader, [
      'varying vec3 vViewPosition;',
      'float faceDirection = dot(normalize(vNormal), normalize(vViewPosition))',
      'vec3 normal = normalize( vNormal )',
      'vec3 geometryViewDir =',
      'float grazing = 1.0 - abs(dot(normal, geometryViewDir))',
      'reflectedLight.indirectDiffuse *= (faceDirection > 0.0',
      'vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse',
    ]);
  });
  it('multiplies alpha by the visibility where cloth fades', () => {
    const { fragmentShader, uniforms } = patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, true));
    expectInOrder(fragmentShader, [
      'vec4 diffuseColor =',
      'diffuseColor.a *= clothVisibility',
      'vec4( outgoingLight, diffuseColor.a )',
    ]);
    expect(uniforms.boneVisibility).toBe(support.boneVisibility);
  });
  it('keeps the colour of an unlit material', () => {
    const { vertexShader, fragmentShader } = patchMaterial(createClothMaterial(new MeshBasicMaterial(), support, true));
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =']);
    expectInOrder(fragmentShader, ['vec4 diffuseColor =', 'diffuseColor.a *= clothVisibility', 'vec3 outgoingLight =']);
    expect(fragmentShader).not.toContain('grazing');
  });
});

describe('the other shaders of cloth', () => {
  it('write depth only where cloth is visible', () => {
    const { vertexShader, fragmentShader } = patchMaterial(createClothDepthMaterial(support));
    expectInOrder(vertexShader, [POSE, 'gl_Position =']);
    expectInOrder(fragmentShader, ['varying float clothVisibility;', 'void main()', 'if (clothVisibility <']);
  });
  it('write the distance of the projected vertex', () => {
    const contact = new ContactShade(new Vector3(0, 0, 1));
    const { vertexShader, uniforms } = patchMaterial(createClothDistanceMaterial(support, contact.uniforms));
    expectInOrder(vertexShader, ['vec4 mvPosition =', 'gl_Position =', 'clothDistanceMetres = -mvPosition.z']);
    expect(uniforms.nearestClothMetres).toBe(contact.uniforms.nearestClothMetres);
  });
  it('pose vertices in the shadow map', () => {
    expectInOrder(patchMaterial(createClothShadowMaterial(support)).vertexShader, [POSE, 'gl_Position =']);
  });
});

it('throws and names the text that an upgrade of three.js removed', () => {
  for (const chunk of ['common', 'begin_vertex', 'project_vertex', 'map_fragment', 'lights_fragment_end']) {
    const include = `#include <${chunk}>`;
    expect(() =>
      patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, true), (text) =>
        text.replace(include, ''),
      ),
    ).toThrow(include);
  }
});

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

const support: ClothSupport = { bones: new BodyBones(), boneSeen: { value: new Float32Array(BONE_COUNT) } };
const POSE = 'transformed = vec3(dot(boneX, restVertex)';

describe("cloth's colour, in three.js's present shader", () => {
  it('is posed before it is projected, and leaves out the far side of the legs', () => {
    const { vertexShader, fragmentShader, uniforms } = patchMaterial(
      createClothMaterial(new MeshStandardMaterial(), support, false),
    );
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =', 'farSide = dot(outward']);
    expectInOrder(vertexShader, ['vec3 objectNormal =', 'objectNormal = vec3(dot(boneX.xyz', 'vNormal = normalize(']);
    expectInOrder(fragmentShader, ['varying float farSide;', 'void main()', 'if (farSide >']);
    expect(uniforms.boneRows).toBe(support.bones.rows);
    expect(uniforms).not.toHaveProperty('boneSeen');
  });
  it('is lit by the normal of the side that is seen, less from inside', () => {
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
  it('fades by its alpha', () => {
    const { fragmentShader, uniforms } = patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, true));
    expectInOrder(fragmentShader, [
      'vec4 diffuseColor =',
      'diffuseColor.a *= seen',
      'vec4( outgoingLight, diffuseColor.a )',
    ]);
    expect(uniforms.boneSeen).toBe(support.boneSeen);
  });
  it('stays as it is where the material is unlit', () => {
    const { vertexShader, fragmentShader } = patchMaterial(createClothMaterial(new MeshBasicMaterial(), support, true));
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =']);
    expectInOrder(fragmentShader, ['vec4 diffuseColor =', 'diffuseColor.a *= seen', 'vec3 outgoingLight =']);
    expect(fragmentShader).not.toContain('grazing');
  });
});

describe('cloth in other targets', () => {
  it('writes its depth only where it is seen', () => {
    const { vertexShader, fragmentShader } = patchMaterial(createClothDepthMaterial(support));
    expectInOrder(vertexShader, [POSE, 'gl_Position =']);
    expectInOrder(fragmentShader, ['varying float seen;', 'void main()', 'if (seen <']);
  });
  it('writes the distance that it is projected at', () => {
    const contact = new ContactShade(new Vector3(0, 0, 1));
    const { vertexShader, uniforms } = patchMaterial(createClothDistanceMaterial(support, contact.uniforms));
    expectInOrder(vertexShader, ['vec4 mvPosition =', 'gl_Position =', 'clothMetres = -mvPosition.z']);
    expect(uniforms.nearestCloth).toBe(contact.uniforms.nearestCloth);
  });
  it('is posed in the shadow map', () => {
    expectInOrder(patchMaterial(createClothShadowMaterial(support)).vertexShader, [POSE, 'gl_Position =']);
  });
});

it('throws and names the text that an upgrade of three.js moved', () => {
  for (const chunk of ['common', 'begin_vertex', 'project_vertex', 'map_fragment', 'lights_fragment_end']) {
    const include = `#include <${chunk}>`;
    expect(() =>
      patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, true), (text) =>
        text.replace(include, ''),
      ),
    ).toThrow(include);
  }
});

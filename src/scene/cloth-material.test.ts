import { MeshBasicMaterial, MeshStandardMaterial, Texture, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import { createClothDistanceMaterial, createClothMaterial, createClothShadowMaterial } from './cloth-material.ts';
import { ContactShade } from './contact-shade.ts';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { ObstacleSight } from './obstacle-sight.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

const bones = new BodyBones();
const obstacles = new ObstacleSight({ value: new Texture() });
const outline = createOutlineInputs();
const support = {
  bones,
  obstacles,
  outline,
  grain: new CameraGrain(),
  openness: new BodyOpenness(),
  seenLight: { value: new Texture() },
};
const JERSEY = { stretch: 20, weight: 160 };
const POSE = 'transformed = vec3(dot(poseRowX, restVertex)';

describe("the shader of cloth's colour, patched into the installed three.js", () => {
  it('poses vertices before it projects them, and sets the far side back before other patches read the position', () => {
    const { vertexShader, fragmentShader, uniforms } = patchMaterial(
      createClothMaterial(new MeshStandardMaterial(), support, JERSEY),
    );
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =']);
    expectInOrder(vertexShader, ['vec4 mvPosition =', 'farShare * setbackMetres', 'clothClip = gl_Position']);
    expectInOrder(vertexShader, [
      'vec3 objectNormal =',
      'objectNormal = vec3(dot(poseRowX.xyz',
      'vNormal = normalize(',
    ]);
    expect(uniforms.boneMatrixRows).toBe(bones.matrixRows);
    expectInOrder(vertexShader, ['gl_Position =', 'clothClip = gl_Position']);
    expectInOrder(fragmentShader, [
      'uniform sampler2D personMask;',
      'void main()',
      'float clothCoverage = coreSeen <',
      'diffuseColor.a = clothCoverage',
    ]);
    expect(uniforms.bodySeen).toBe(obstacles.seen);
  });
  it('lights the visible side by its normal, the inside less', () => {
    const { fragmentShader } = patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, JERSEY));
    expectInOrder(fragmentShader, [
      'varying vec3 vViewPosition;',
      'float faceDirection = dot(normalize(vNormal), normalize(vViewPosition))',
      'vec3 normal = normalize( vNormal )',
      'vec3 geometryViewDir =',
      'float grazing = 1.0 - abs(dot(normal, geometryViewDir))',
      'float seenFromInside =',
      'reflectedLight.indirectDiffuse *= mix(1.0, insideLight, seenFromInside)',
      'vec3 totalDiffuse = reflectedLight.directDiffuse + reflectedLight.indirectDiffuse',
    ]);
  });
  it("adds the camera's noise to the colour that is shown", () => {
    const { fragmentShader, uniforms } = patchMaterial(
      createClothMaterial(new MeshStandardMaterial(), support, JERSEY),
    );
    expectInOrder(fragmentShader, ['vec3 grainAt(', 'void main()', 'grainAt(gl_FragCoord.xy)']);
    expect(uniforms.cameraGrain).toBe(support.grain.uniforms.cameraGrain);
  });
  it('keeps the colour of an unlit material', () => {
    const { vertexShader, fragmentShader } = patchMaterial(
      createClothMaterial(new MeshBasicMaterial(), support, JERSEY),
    );
    expectInOrder(vertexShader, ['vec3 transformed =', POSE, 'gl_Position =']);
    expectInOrder(fragmentShader, ['vec4 diffuseColor =', 'vec3 outgoingLight =']);
    expect(fragmentShader).not.toContain('grazing');
  });
});

describe('the other shaders of cloth', () => {
  it('write the distance of the projected vertex', () => {
    const contact = new ContactShade(new Vector3(0, 0, 1));
    const { vertexShader, uniforms } = patchMaterial(createClothDistanceMaterial(bones, contact.uniforms));
    expectInOrder(vertexShader, ['vec4 mvPosition =', '* layersBeneath', 'clothDistanceMetres =']);
    expect(uniforms.nearestClothMetres).toBe(contact.uniforms.nearestClothMetres);
  });
  it('pose vertices in the shadow map', () => {
    expectInOrder(patchMaterial(createClothShadowMaterial(bones)).vertexShader, [POSE, 'gl_Position =']);
  });
});

it('throws and names the text that an upgrade of three.js removed', () => {
  for (const chunk of ['common', 'begin_vertex', 'project_vertex', 'map_fragment', 'lights_fragment_end']) {
    const include = `#include <${chunk}>`;
    expect(() =>
      patchMaterial(createClothMaterial(new MeshStandardMaterial(), support, JERSEY), (text) =>
        text.replace(include, ''),
      ),
    ).toThrow(include);
  }
});

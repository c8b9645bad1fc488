import { readFileSync } from 'node:fs';
import { Texture, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { BodyBones } from './body-bones.ts';
import { CameraGrain } from './camera-grain.ts';
import { ContactShade } from './contact-shade.ts';
import { ForearmSight } from './forearm-sight.ts';
import { Occluder } from './occluder.ts';
import { expectInOrder, patchMaterial } from './patch-material.test-helper.ts';

const file = readFileSync(new URL('../../assets/mannequin.glb', import.meta.url));
const mannequin = await readMannequin(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
const inputs = {
  picture: { value: null },
  cleaned: { value: new Texture() },
  classes: { uniform: { value: new Texture() } },
  person: { value: new Texture() },
  contact: new ContactShade(new Vector3(0, 0, 1)).uniforms,
  forearms: new ForearmSight().uniforms,
  grain: new CameraGrain().uniforms,
};
const POSE = 'transformed = vec3(dot(poseRowX, restVertex)';

it('is posed, then set back along the line of sight, patched into the installed three.js', () => {
  const { mesh } = new Occluder(mannequin, new BodyBones(), inputs);
  const { vertexShader, fragmentShader, uniforms } = patchMaterial(mesh.material);
  expectInOrder(vertexShader, [
    'vec3 transformed =',
    POSE,
    'vec4 mvPosition =',
    'bodyMetres = -mvPosition.z',
    'mvPosition.xyz *= 1.0 + setbackMetres',
  ]);
  // Each uniform that the shader declares has a value.
  for (const [, name] of fragmentShader.matchAll(/uniform \w+ (\w+)/g)) expect(uniforms, name).toHaveProperty(name);
});

it('casts its shadow from below its skin', () => {
  const { mesh } = new Occluder(mannequin, new BodyBones(), inputs);
  const { vertexShader } = patchMaterial(mesh.customDepthMaterial!);
  expectInOrder(vertexShader, [
    'attribute float setbackMetres;',
    'vec3 transformed =',
    'transformed -= normal * (',
    POSE,
  ]);
});

it('throws and names the text that an upgrade of three.js removed', () => {
  const { mesh } = new Occluder(mannequin, new BodyBones(), inputs);
  for (const include of ['#include <common>', '#include <beginnormal_vertex>', '#include <project_vertex>'])
    expect(() => patchMaterial(mesh.material, (text) => text.replace(include, ''))).toThrow(include);
});

it('is thinner than the body at the arms only', () => {
  const occluder = new Occluder(mannequin, new BodyBones(), inputs);
  occluder.takeShape(mannequin);
  const moved = occluder.mesh.geometry.attributes.position.array;
  const insetMetres = (bone: number): number => {
    let deepest = 0;
    for (let k = 0; k < mannequin.skinIndices.length; k++) {
      if (mannequin.skinIndices[k] !== bone || mannequin.skinWeights[k] < 0.5) continue;
      const v = 3 * (k >> 2);
      const inset = [0, 1, 2].map((a) => moved[v + a] - mannequin.positions[v + a]);
      deepest = Math.max(deepest, Math.hypot(...inset));
    }
    return deepest;
  };
  expect(insetMetres(boneIndex.leftHand)).toBeGreaterThan(insetMetres(boneIndex.leftLowerArm));
  expect(insetMetres(boneIndex.leftLowerArm)).toBeGreaterThan(0);
  expect(insetMetres(boneIndex.head)).toBe(0);
});

import { Texture } from 'three';
import { BodyBones } from './body-bones.ts';
import { BodyOpenness } from './body-openness.ts';
import { CameraGrain } from './camera-grain.ts';
import type { ClothSupport } from './cloth-material.ts';
import { createOutlineInputs } from './create-outline-inputs.test-helper.ts';
import { ObstacleSight } from './obstacle-sight.ts';

/** Creates what the shaders of cloth read from other passes, as before the first frame: textures are empty. */
export function createClothSupport(): Omit<ClothSupport, 'skinNormals'> {
  const person = { value: new Texture() };
  return {
    bones: new BodyBones(),
    grain: new CameraGrain(),
    obstacles: new ObstacleSight(person),
    outline: createOutlineInputs(),
    openness: new BodyOpenness(),
    seenLight: person,
  };
}

import { Texture, Vector4 } from 'three';
import { expect, it } from 'vitest';
import { PersonOutline } from './person-outline.ts';

it('is the classes of a frame, all of which are the person, and the mask of a frame without classes', () => {
  const sharp = { uniform: { value: new Texture() }, isKnown: { value: true } };
  const coarse = { uniform: { value: new Texture() } };
  const person = { uniform: { value: new Texture() } };
  const outline = new PersonOutline({ sharp, coarse, person });
  const { outlineClasses, coarseClasses, personWeights, areClassesKnown } = outline.uniforms;

  outline.prepare();
  expect(areClassesKnown.value).toBe(true);
  expect(outlineClasses.value).toBe(sharp.uniform.value);
  expect(coarseClasses.value).toBe(coarse.uniform.value);
  expect(personWeights.value).toEqual(new Vector4(1, 1, 1, 1));

  sharp.isKnown.value = false;
  // The mask's texture changes with the size of the mask.
  person.uniform.value = new Texture();
  outline.prepare();
  expect(areClassesKnown.value).toBe(false);
  expect(outlineClasses.value).toBe(person.uniform.value);
  expect(coarseClasses.value).toBe(person.uniform.value);
  // Red alone: a texture of one channel reads as 1 in alpha.
  expect(personWeights.value).toEqual(new Vector4(1, 0, 0, 0));
});

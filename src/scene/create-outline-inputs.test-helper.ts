import { Texture } from 'three';
import type { OutlineInputs } from './reach-outline.ts';

/** Creates what shaders of cloth read of the person's outline, as before the first frame: textures are empty. */
export function createOutlineInputs(): OutlineInputs {
  const empty = { value: new Texture() };
  return {
    classes: { uniform: empty, isKnown: { value: false } },
    coarseClasses: empty,
    person: empty,
    backdrop: { plate: empty, behind: empty, isShown: { value: false } },
  };
}

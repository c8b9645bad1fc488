import { Texture, Vector4 } from 'three';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { BareLimbs } from './bare-limbs.ts';
import type { OutlineInputs } from './reach-outline.ts';

/** Creates what shaders of cloth read of the person's outline, as before the first frame: textures are empty. */
export function createOutlineInputs(): OutlineInputs {
  const empty = { value: new Texture() };
  return {
    outlineClasses: empty,
    coarseClasses: empty,
    personWeights: { value: new Vector4(1, 0, 0, 0) },
    areClassesKnown: { value: false },
    ...new BareLimbs().uniforms,
    boneShifts: { value: new Float32Array(4 * BONE_COUNT) },
    ownTightness: { value: new Float32Array(2) },
    backdrop: { plate: empty, behind: empty, isKnown: { value: false }, isShown: { value: false } },
  };
}

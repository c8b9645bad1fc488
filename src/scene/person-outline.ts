import { type Texture, Vector4 } from 'three';
import type { ClassTexture } from './class-texture.ts';
import type { Pass } from './pass.ts';
import type { PersonTexture } from './person-texture.ts';
import type { SharpClasses } from './sharp-classes.ts';

/**
 * The pass (a step of the stage's drawing) that tells the shaders of cloth where the person is in the picture. Input: the
 * classes of the frame's pixels, and the person's mask. Output: `uniforms`, two textures that span the picture, their
 * first row at the top. They are the classes if the frame has some, and otherwise the mask, so that garments end at the
 * person's outline with any tracker. Without a mask the person is nowhere.
 */
export class PersonOutline implements Pass {
  readonly layers = ['scene', 'garment'] as const;
  readonly uniforms: {
    /** With the picture's own edges. `dot(texel, personWeights)` is the coverage by the person, 0..1. */
    outlineClasses: { value: Texture };
    /** The same in the size of the person's mask, with mip levels. */
    coarseClasses: { value: Texture };
    personWeights: { value: Vector4 };
    /** Whether the channels are the classes of `ClassTexture`. */
    areClassesKnown: { value: boolean };
  };
  readonly #sharp: Pick<SharpClasses, 'uniform'>;
  readonly #coarse: Pick<ClassTexture, 'uniform'>;
  readonly #person: Pick<PersonTexture, 'uniform'>;

  constructor({
    sharp,
    coarse,
    person,
  }: {
    sharp: Pick<SharpClasses, 'uniform' | 'isKnown'>;
    coarse: Pick<ClassTexture, 'uniform'>;
    person: Pick<PersonTexture, 'uniform'>;
  }) {
    this.#sharp = sharp;
    this.#coarse = coarse;
    this.#person = person;
    this.uniforms = {
      outlineClasses: { value: person.uniform.value },
      coarseClasses: { value: person.uniform.value },
      personWeights: { value: new Vector4(1, 0, 0, 0) },
      areClassesKnown: sharp.isKnown,
    };
  }

  /** Chooses the textures of the frame. Call it after `SharpClasses.prepare`. */
  prepare(): void {
    const { outlineClasses, coarseClasses, personWeights, areClassesKnown } = this.uniforms;
    const isKnown = areClassesKnown.value;
    outlineClasses.value = isKnown ? this.#sharp.uniform.value : this.#person.uniform.value;
    coarseClasses.value = isKnown ? this.#coarse.uniform.value : this.#person.uniform.value;
    // The mask has a red channel alone.
    const others = isKnown ? 1 : 0;
    personWeights.value.set(1, others, others, others);
  }
}

import type { BufferAttribute, InterleavedBufferAttribute } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import { FittingError } from '../errors.ts';

/**
 * A GLTFLoader plugin that refuses a mesh whose skin weights are all zero. It has to look before the loader does, which
 * gives such vertices to the skin's first bone without a word.
 */
export class CheckWeights implements GLTFLoaderPlugin {
  readonly name = 'check-weights';
  private readonly parser: GLTFParser;

  constructor(parser: GLTFParser) {
    this.parser = parser;
  }

  async loadMesh(index: number): ReturnType<GLTFParser['loadMesh']> {
    const { name, primitives } = this.parser.json.meshes[index] as {
      name?: unknown;
      primitives: { attributes: Record<string, number> }[];
    };
    for (const { attributes } of primitives) {
      if (attributes.WEIGHTS_0 === undefined) continue;
      const weights = (await this.parser.getDependency('accessor', attributes.WEIGHTS_0)) as
        | BufferAttribute
        | InterleavedBufferAttribute;
      if (isAllZero(weights)) {
        throw new FittingError(
          'garment-invalid',
          `mesh ${String(name ?? index)} has skin weights that are all zero: it hangs on no bone`,
        );
      }
    }
    return this.parser.loadMesh(index);
  }
}

function isAllZero(weights: BufferAttribute | InterleavedBufferAttribute): boolean {
  for (let i = 0; i < weights.count; i++) {
    for (let k = 0; k < weights.itemSize; k++) if (weights.getComponent(i, k) !== 0) return false;
  }
  return true;
}

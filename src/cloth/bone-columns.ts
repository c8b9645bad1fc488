import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { SKIN_MATRIX_VALUES } from '../mannequin/skin-matrices.ts';

/** Values of one bone's matrix in a kernel: four columns of four. */
export const BONE_VALUES = 16;
/** Four-byte values of a vertex's binding in a kernel: four bones and four weights. */
const BINDING_VALUES = 8;

/**
 * Writes the bones' matrices as the kernels read them (tools/kernels/blend-bones.as.ts): column by column.
 *
 * @param matrices SKIN_MATRIX_VALUES × bones, row by row, from the rest pose to the pose, metres.
 * @param origin what is taken from the shifts: where the kernel's coordinates begin, in the space of the pose, metres.
 * @param target 16 × bones.
 */
export function writeBoneMatrices(matrices: Float64Array, origin: ArrayLike<number>, target: Float32Array): void {
  for (let bone = 0; bone < BONE_COUNT; bone++)
    for (let column = 0; column < 4; column++) {
      const to = BONE_VALUES * bone + 4 * column;
      const from = SKIN_MATRIX_VALUES * bone + column;
      for (let row = 0; row < 3; row++) target[to + row] = matrices[from + 4 * row] - (column === 3 ? origin[row] : 0);
      target[to + 3] = column === 3 ? 1 : 0;
    }
}

/**
 * Writes which bones pose each vertex, as the kernels read it.
 *
 * @param skinIndices 4 × vertices: bones. `skinWeights`: their weights, which sum to 1.
 * @param address of the bindings in the kernel's memory, bytes.
 */
export function writeBindings(
  { skinIndices, skinWeights }: { skinIndices: ArrayLike<number>; skinWeights: ArrayLike<number> },
  buffer: ArrayBufferLike,
  address: number,
): void {
  const offsets = new Int32Array(buffer, address, 2 * skinIndices.length);
  const weights = new Float32Array(buffer, address, 2 * skinIndices.length);
  for (let k = 0; k < skinIndices.length; k++) {
    const to = BINDING_VALUES * (k >> 2) + (k & 3);
    offsets[to] = 4 * BONE_VALUES * skinIndices[k];
    weights[to + 4] = skinWeights[k];
  }
}

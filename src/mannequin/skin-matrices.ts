import { BONE_COUNT } from './mannequin.ts';
import type { MannequinPose } from './pose-mannequin.ts';

/** Values of one matrix: 3 rows of 4, the last column is the shift. */
export const SKIN_MATRIX_VALUES = 12;

/** Creates a target for `writeSkinMatrices`. */
export function createSkinMatrices(): Float64Array {
  return new Float64Array(SKIN_MATRIX_VALUES * BONE_COUNT);
}

/**
 * Writes by bone, in the order of `boneNames`, the matrix that takes a point from the rest pose (model space, metres) to
 * where the posed bone carries it (the space of the pose, for example camera space, metres).
 *
 * @param pose `positions` and `rotations` of the posed bones.
 * @param rest The mannequin's joints at rest in the shape of the posed body, model space, metres.
 * @param target SKIN_MATRIX_VALUES × BONE_COUNT.
 */
export function writeSkinMatrices(
  { positions, rotations }: MannequinPose,
  { joints }: { readonly joints: Float32Array },
  target: Float64Array,
): void {
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    const x = rotations[4 * bone];
    const y = rotations[4 * bone + 1];
    const z = rotations[4 * bone + 2];
    const w = rotations[4 * bone + 3];
    const first = SKIN_MATRIX_VALUES * bone;
    target[first] = 1 - 2 * (y * y + z * z);
    target[first + 1] = 2 * (x * y - w * z);
    target[first + 2] = 2 * (x * z + w * y);
    target[first + 4] = 2 * (x * y + w * z);
    target[first + 5] = 1 - 2 * (x * x + z * z);
    target[first + 6] = 2 * (y * z - w * x);
    target[first + 8] = 2 * (x * z - w * y);
    target[first + 9] = 2 * (y * z + w * x);
    target[first + 10] = 1 - 2 * (x * x + y * y);
    for (let row = 0; row < 3; row++) {
      const start = first + 4 * row;
      let shift = positions[3 * bone + row];
      for (let axis = 0; axis < 3; axis++) shift -= target[start + axis] * joints[3 * bone + axis];
      target[start + 3] = shift;
    }
  }
}

import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { createSkinMatrices, SKIN_MATRIX_VALUES } from '../mannequin/skin-matrices.ts';

/** Values of a rotation matrix, row by row. */
export const TURN_VALUES = 9;

/** How each bone has turned since the last frame. */
export class BoneTurns {
  /** By bone: the rotation matrix that takes a direction as the bone had it in the last frame to this frame. */
  readonly turns = new Float64Array(TURN_VALUES * BONE_COUNT);
  readonly #last = createSkinMatrices();

  /** Keeps this frame's matrices (`writeSkinMatrices`) as those of the last frame. */
  keep(bones: Float64Array): void {
    this.#last.set(bones);
  }

  /** Computes `turns` from this frame's matrices (`writeSkinMatrices`): R_now · R_lastᵀ. */
  measure(bones: Float64Array): void {
    const last = this.#last;
    for (let bone = 0; bone < BONE_COUNT; bone++)
      for (let row = 0; row < 3; row++)
        for (let column = 0; column < 3; column++) {
          const a = SKIN_MATRIX_VALUES * bone + 4 * row;
          const b = SKIN_MATRIX_VALUES * bone + 4 * column;
          this.turns[TURN_VALUES * bone + 3 * row + column] =
            bones[a] * last[b] + bones[a + 1] * last[b + 1] + bones[a + 2] * last[b + 2];
        }
  }
}

/**
 * Returns for each particle the bone that moves it most.
 *
 * @param vertices by particle: its welded vertex.
 * @param skinIndices bones, and `skinWeights` their shares: 4 × welded vertices.
 */
export function findMainBones(
  vertices: ArrayLike<number>,
  skinIndices: ArrayLike<number>,
  skinWeights: ArrayLike<number>,
): Uint16Array {
  return Uint16Array.from(vertices, (w) => {
    let main = 4 * w;
    for (let k = 4 * w + 1; k < 4 * w + 4; k++) if (skinWeights[k] > skinWeights[main]) main = k;
    return skinIndices[main];
  });
}

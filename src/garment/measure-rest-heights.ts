import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { ANCHORS, anchorBones } from './garment-binding.ts';

/**
 * Writes to `target` (ANCHORS), for each anchor, how high the skin on which its cloth rests is over the anchor's joint,
 * metres; 0 where cloth does not rest. Returns `target`. Allocates nothing.
 *
 * @param restVertices By anchor, the skin's vertices on which the cloth rests (`findRestVertices`).
 * @param body Skin and joints of a body in the rest pose, metres.
 */
export function measureRestHeights(
  restVertices: readonly (readonly number[])[],
  { positions, joints }: Pick<MannequinShape, 'positions' | 'joints'>,
  target: Float32Array,
): Float32Array {
  for (let k = 0; k < ANCHORS; k++) {
    const vertices = restVertices[k];
    target[k] = 0;
    for (let i = 0; i < vertices.length; i++)
      target[k] += (positions[3 * vertices[i] + 1] - joints[3 * anchorBones[k] + 1]) / vertices.length;
  }
  return target;
}

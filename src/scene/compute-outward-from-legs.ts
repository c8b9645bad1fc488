import { boneIndex } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';

/**
 * By bone: whether cloth on it is hidden on the far side of the legs, which holds for hips and thighs. In the picture
 * the legs fill a hem. The occluder draws the legs farther away than they are, so that a hem in front of them stays
 * visible; without this rule the inside of the hem's back would show too.
 */
const isLegBone = regions.map(({ region }, bone) => bone === boneIndex.hips || region === 'thigh');

/**
 * Computes the direction away from the legs at each vertex of a garment, in the rest pose (y up, z to the front, the
 * body's middle at x = 0): horizontal, from the vertical line x = 0, z = mean z of the cloth on the legs. Pure.
 *
 * @param positions vertices in the rest pose, 3 × vertices, metres.
 * @param skinIndices four bones per vertex, by index into `boneNames`.
 * @param skinWeights weights 0..1 of these bones, 4 × vertices.
 * @returns directions in the rest pose, 3 × vertices, y = 0. The length of a direction, 0..1, is the share of hips and
 * thighs in the vertex's skin weights, so it is 0 where cloth is bound to other bones.
 */
export function computeOutwardFromLegs(
  positions: Float32Array,
  skinIndices: Uint16Array,
  skinWeights: Float32Array,
): Float32Array {
  const count = positions.length / 3;
  const legShares = new Float32Array(count);
  for (let k = 0; k < skinIndices.length; k++) if (isLegBone[skinIndices[k]]) legShares[k >> 2] += skinWeights[k];
  let shareSum = 0;
  let middleZ = 0;
  for (let v = 0; v < count; v++) {
    shareSum += legShares[v];
    middleZ += legShares[v] * positions[3 * v + 2];
  }
  middleZ /= shareSum || 1;
  const outward = new Float32Array(positions.length);
  for (let v = 0; v < count; v++) {
    const x = positions[3 * v];
    const z = positions[3 * v + 2] - middleZ;
    const length = Math.hypot(x, z) || 1;
    outward[3 * v] = (legShares[v] * x) / length;
    outward[3 * v + 2] = (legShares[v] * z) / length;
  }
  return outward;
}

import { boneIndex } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';

/**
 * Whether cloth on a bone is hidden on the far side of the legs. In the picture the legs fill a hem. The occluder's
 * legs are set back, so that a hem can lie on them, and would let the inside of the hem's back show.
 */
const isLegBone = regions.map(({ region }, bone) => bone === boneIndex.hips || region === 'thigh');

/**
 * Computes the direction away from the legs at each vertex of a garment, in the rest pose: horizontal, from the
 * vertical line through the middle of the cloth on the legs. Pure.
 *
 * @param positions vertices in the rest pose, 3 × vertices, metres.
 * @param skinIndices four bones per vertex, by index into `boneNames`.
 * @param skinWeights their weights, 4 × vertices.
 * @returns directions, 3 × vertices. The length of a direction is the leg bones' share of the vertex's skin weights, so
 * it is 0 where cloth is bound to other bones.
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

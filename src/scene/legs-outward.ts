import { boneIndex } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';

/**
 * Bones round which the far side of cloth is not drawn. The legs in the picture fill a hem; the occluder's legs are set
 * back, so that the hem can lie on them, and would let the inside of the hem's back show.
 */
const isLegBone = regions.map(({ region }, bone) => bone === boneIndex.hips || region === 'thigh');

/**
 * For each vertex of a garment the horizontal direction from the middle of the legs outwards, in the rest pose. Its
 * length is the share of leg bones in the vertex's weights, so it is zero where cloth is bound to other bones. 3 ×
 * vertices. Pure.
 *
 * @param positions 3 × vertices, rest pose, metres.
 * @param skinIndices, skinWeights 4 × vertices.
 */
export function legsOutward(
  positions: Float32Array,
  skinIndices: Uint16Array,
  skinWeights: Float32Array,
): Float32Array {
  const count = positions.length / 3;
  const share = new Float32Array(count);
  for (let k = 0; k < skinIndices.length; k++) if (isLegBone[skinIndices[k]]) share[k >> 2] += skinWeights[k];
  let sum = 0;
  let middle = 0;
  for (let v = 0; v < count; v++) {
    sum += share[v];
    middle += share[v] * positions[3 * v + 2];
  }
  middle /= sum || 1;
  const outward = new Float32Array(positions.length);
  for (let v = 0; v < count; v++) {
    const x = positions[3 * v];
    const z = positions[3 * v + 2] - middle;
    const length = Math.hypot(x, z) || 1;
    outward[3 * v] = (share[v] * x) / length;
    outward[3 * v + 2] = (share[v] * z) / length;
  }
  return outward;
}

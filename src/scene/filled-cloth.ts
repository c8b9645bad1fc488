import { boneNames } from '../mannequin/mannequin.ts';

/**
 * Bones round which the inside of cloth is not drawn: the legs of the person in the picture fill a hem, while the occluder's
 * stand back so that the hem can lie on them, and would let the inside of its back show.
 */
const isLegBone = boneNames.map((name) => /^hips$|UpperLeg/.test(name));

/**
 * How much each vertex of a garment hangs round the legs, 0..1 by its bones' weights; negative where the surface faces the
 * legs in the rest pose, as a turned-in hem does. Pure.
 *
 * @param positions, normals 3 × vertices, rest pose.
 * @param skinIndices, skinWeights 4 × vertices.
 */
export function filledCloth(positions: Float32Array, normals: Float32Array, skinIndices: Uint16Array, skinWeights: Float32Array): Float32Array {
  const count = positions.length / 3;
  const filled = new Float32Array(count);
  for (let k = 0; k < skinIndices.length; k++) if (isLegBone[skinIndices[k]]) filled[k >> 2] += skinWeights[k];
  let sum = 0;
  let middle = 0;
  for (let v = 0; v < count; v++) {
    sum += filled[v];
    middle += filled[v] * positions[3 * v + 2];
  }
  middle /= sum || 1;
  for (let v = 0; v < count; v++) {
    if (positions[3 * v] * normals[3 * v] + (positions[3 * v + 2] - middle) * normals[3 * v + 2] < 0) filled[v] = -filled[v];
  }
  return filled;
}

import type { Garment } from '../garment/garment.ts';

/**
 * Cosine between the normals of cloth and of the skin beneath it, below which the cloth faces the body. Cloth that
 * stands off in a fold, or hangs between the legs, may be at right angles to the skin.
 */
const FACES_BODY_COSINE = -0.5;

/**
 * Returns for each vertex of part `p` of a garment the direction away from the body, in the rest pose: 3 × vertices, of
 * length 1 or 0. It is the mean of two normals, the cloth's and that of the skin beneath it:
 *
 * - On the inner of two layers, as where a collar or hem is folded over, the cloth's normal points to the body and is
 *   turned; along the fold it points upwards, and only the skin tells front and back.
 * - Of a skirt the skin beneath may be the inside of a thigh, and the cloth's normal tells better.
 *
 * @param skinNormals normals of the mannequin's skin in the rest pose, 3 × vertices of the mannequin.
 */
export function computeOutward({ parts, binding }: Garment, p: number, skinNormals: Float32Array): Float32Array {
  const { normals } = parts[p];
  const { skinVertices, weld, firsts } = binding;
  const outward = normals.slice();
  for (let v = 0; 3 * v < normals.length; v++) {
    const skin = skinVertices[weld.welded[firsts[p] + v]];
    if (skin < 0) continue;
    const n = 3 * v;
    const s = 3 * skin;
    const cosine =
      normals[n] * skinNormals[s] + normals[n + 1] * skinNormals[s + 1] + normals[n + 2] * skinNormals[s + 2];
    const sign = cosine < FACES_BODY_COSINE ? -1 : 1;
    for (let k = 0; k < 3; k++) outward[n + k] = sign * normals[n + k] + skinNormals[s + k];
    const length = Math.hypot(outward[n], outward[n + 1], outward[n + 2]) || 1;
    for (let k = 0; k < 3; k++) outward[n + k] /= length;
  }
  return outward;
}

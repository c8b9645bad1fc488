import { boneIndex } from '../mannequin/mannequin.ts';
import { type BodyRegion, regions } from '../mannequin/regions.ts';

/**
 * Distance by which each region of the body lies behind its true position, metres, along the line of sight, so that its
 * outline in the picture stays. Cloth that dips into the body by less than this stays visible. The distance is large
 * under a shirt, where pose and cloth differ most. It is largest at the thighs, on which a hem lies when they come
 * forward in a squat. It is small at hands, head and neck, which pass close in front of cloth.
 */
const SETBACK_METRES: Record<BodyRegion, number> = {
  trunk: 0.1,
  clavicle: 0.1,
  neck: 0.01,
  head: 0.01,
  upperArm: 0.02,
  forearm: 0.012,
  hand: 0.008,
  thigh: 0.3,
  calf: 0.03,
  foot: 0.01,
  toes: 0.01,
};
const skinSetbacksMetres = regions.map(({ region }) => SETBACK_METRES[region]);
/** By bone, for cloth: a hem that is bound to the hips hangs around the thighs, a collar around the shoulders' slope. */
const clothSetbacksMetres = skinSetbacksMetres
  .with(boneIndex.hips, SETBACK_METRES.thigh)
  .with(boneIndex.neck, SETBACK_METRES.clavicle);

/** Returns `SETBACK_METRES` by vertex of the body's skin. (Four bones and their weights for each vertex.) */
export function skinSetbacks(skinIndices: Uint16Array, skinWeights: Float32Array): Float32Array {
  return blendByBone(skinSetbacksMetres, skinIndices, skinWeights);
}

/**
 * Returns by vertex of a garment how far the body within the garment lies behind its true position, metres. Cloth on the
 * far side of the body is set back as far, so that the body hides it again.
 */
export function clothSetbacks(skinIndices: Uint16Array, skinWeights: Float32Array): Float32Array {
  return blendByBone(clothSetbacksMetres, skinIndices, skinWeights);
}

/** Computes one value per vertex: the mean of its four bones' values, weighted by the skin weights. */
export function blendByBone(
  values: ArrayLike<number>,
  skinIndices: Uint16Array,
  skinWeights: Float32Array,
): Float32Array {
  const blended = new Float32Array(skinIndices.length / 4);
  for (let k = 0; k < skinIndices.length; k++) blended[k >> 2] += values[skinIndices[k]] * skinWeights[k];
  return blended;
}

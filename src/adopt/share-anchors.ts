import { ANCHORS } from '../garment/garment-binding.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { armRegions, codeSides, legRegions } from '../mannequin/regions.ts';
import type { Hanging } from './find-hangings.ts';

/** Indices into `anchorBones` of the middle anchors; the left and the right anchor follow each. */
const NECK = 0;
const HIPS = 3;
/** Index of the left foot's anchor; there is no middle one. */
const FEET = 6;

/** By bone of a region: 0 on the left, 1 on the right, to be added to the index of the left anchor; else −1. */
const ANCHOR_BY_SIDE = { left: 0, right: 1, none: -1 };
const armSides = codeSides(armRegions, ANCHOR_BY_SIDE);
const legSides = codeSides(legRegions, ANCHOR_BY_SIDE);
const clavicleSides = codeSides(['clavicle'], ANCHOR_BY_SIDE);

/** Cloth that is skinned to the mannequin's bones. */
export interface WeighedCloth {
  /** 3 × vertices, in the mannequin's rest pose: metres, +x to the wearer's left, +y up. */
  positions: Float32Array;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices, summing to 1 for each. */
  skinWeights: Float32Array;
}

/**
 * Computes the share of each anchor (a joint of the body model that cloth hangs from) in the movement of vertex `i`,
 * from the vertex's skin weights.
 *
 * - All bones of a limb count for that limb's anchor, so that a sleeve does not lengthen with the arm in it.
 * - The weight of a clavicle is divided between neck and shoulder, linearly along the clavicle, so that a shoulder seam
 *   moves outwards with the shoulder.
 * - The trunk of an overall is divided between neck and hips by height, because it hangs from the shoulders and its
 *   crotch and legs move with the hips.
 *
 * @param cloth Positions and skin of all vertices; of these vertex `i` is read.
 * @param hanging Joints that the vertex's garment hangs from.
 * @param joints Rest joints of the body that the garment was modelled on: x, y, z in metres for each bone in the order
 * of `boneNames` (3 × BONE_COUNT).
 * @returns ANCHORS shares in the order of `anchorBones`, with the sum of the vertex's skin weights (1).
 */
export function shareAnchors(
  { positions, skinIndices, skinWeights }: WeighedCloth,
  i: number,
  hanging: Hanging,
  joints: Float32Array,
): Float32Array {
  const shares = new Float32Array(ANCHORS);
  const hipShare =
    hanging === 'overall' ? descentToHips(joints, positions[3 * i + 1]) : hanging === 'shoulders' ? 0 : 1;
  for (let k = 4 * i; k < 4 * i + 4; k++) {
    const bone = skinIndices[k];
    const weight = skinWeights[k];
    if (hanging !== 'shoulders' && legSides[bone] >= 0)
      shares[(hanging === 'feet' ? FEET : HIPS + 1) + legSides[bone]] += weight;
    else if (hipShare < 1 && armSides[bone] >= 0) shares[NECK + 1 + armSides[bone]] += weight;
    else {
      const side = clavicleSides[bone];
      const shoulder = side === 0 ? boneIndex.leftUpperArm : boneIndex.rightUpperArm;
      const shoulderShare = side < 0 ? 0 : fractionAlong(joints, bone, shoulder, positions, i);
      shares[HIPS] += weight * hipShare;
      shares[NECK] += weight * (1 - hipShare) * (1 - shoulderShare);
      if (side >= 0) shares[NECK + 1 + side] += weight * (1 - hipShare) * shoulderShare;
    }
  }
  return shares;
}

/** Returns how far down from the shoulder joints (0) to the hip joints (1) the height `y` is, clamped to 0..1. */
function descentToHips(joints: Float32Array, y: number): number {
  const high = joints[3 * boneIndex.leftUpperArm + 1];
  const low = joints[3 * boneIndex.leftUpperLeg + 1];
  return Math.min(1, Math.max(0, (high - y) / (high - low)));
}

/** Returns how far along the segment from joint `from` (0) to joint `to` (1) vertex `i` projects, clamped to 0..1. */
function fractionAlong(joints: Float32Array, from: number, to: number, positions: Float32Array, i: number): number {
  let projection = 0;
  let squaredLength = 0;
  for (let a = 0; a < 3; a++) {
    const axis = joints[3 * to + a] - joints[3 * from + a];
    projection += axis * (positions[3 * i + a] - joints[3 * from + a]);
    squaredLength += axis * axis;
  }
  return squaredLength > 0 ? Math.min(1, Math.max(0, projection / squaredLength)) : 1;
}

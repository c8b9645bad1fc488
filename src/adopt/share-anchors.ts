import { ANCHORS } from '../garment/garment-binding.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { armRegions, codeSides, legRegions } from '../mannequin/regions.ts';
import type { Hanging } from './find-hangings.ts';

/** Index into `anchorBones` of the middle anchor of each kind of hanging; left and right follow. */
const NECK = 0;
const HIPS = 3;
/** Index of the left foot's anchor; there is no middle one. */
const FEET = 6;

/** By bone: offset from the left anchor to the anchor of the bone's side, −1 for bones of other regions. */
const ANCHOR_BY_SIDE = { left: 0, right: 1, none: -1 };
const armSides = codeSides(armRegions, ANCHOR_BY_SIDE);
const legSides = codeSides(legRegions, ANCHOR_BY_SIDE);
const clavicleSides = codeSides(['clavicle'], ANCHOR_BY_SIDE);

/** What the shares of a vertex follow from: 3 × vertices in metres, and 4 × vertices bones and their weights. */
export interface WeighedCloth {
  positions: Float32Array;
  skinIndices: Uint16Array;
  skinWeights: Float32Array;
}

/**
 * Computes from its skin weights how much each anchor (ANCHORS) carries vertex `i` of a cloth.
 *
 * - The bones of a limb belong to that limb's anchor at any distance: cloth does not lengthen with the arm in it.
 * - Along the clavicle the share rises from the neck to the shoulder, so that a seam goes out with the shoulder under
 *   it.
 * - Overalls hang from the shoulders, but their crotch and legs go with the wearer's: their trunk goes with both.
 *
 * @param joints 3 × BONE_COUNT, metres: of the body that the garment was made on.
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

/** How far down from the shoulder joints to the hip joints the height `y` lies, 0..1. */
function descentToHips(joints: Float32Array, y: number): number {
  const high = joints[3 * boneIndex.leftUpperArm + 1];
  const low = joints[3 * boneIndex.leftUpperLeg + 1];
  return Math.min(1, Math.max(0, (high - y) / (high - low)));
}

/** How far vertex `i` lies along the segment from joint `from` to joint `to`, 0..1. */
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

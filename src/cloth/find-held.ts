import { ANCHORS, anchorBones } from '../garment/garment-binding.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { findBorder } from './find-border.ts';
import { findPieces } from './find-pieces.ts';

/** Cloth that hangs from the hips by more than this share is held by a waistband, from the feet: is a shoe. */
const HELD_SHARE = 0.5;
/** A waistband's particles are within this of the highest border of its piece, metres: waists are cut lower in front. */
const WAISTBAND_METRES = 0.06;

const footAnchors = [anchorBones.indexOf(boneIndex.leftFoot), anchorBones.indexOf(boneIndex.rightFoot)];
const hipAnchors = (['hips', 'leftUpperLeg', 'rightUpperLeg'] as const).map((name) =>
  anchorBones.indexOf(boneIndex[name]),
);

/**
 * Finds the particles that the body holds: the upper borders of pieces that hang from the hips (waistbands), and all of
 * shoes. A piece is what triangles connect.
 *
 * @param triangles 3 × triangles: particles.
 * @param heights by particle, metres, in the rest pose.
 * @param anchors ANCHORS × particles: shares of the joints from which cloth hangs.
 */
export function findHeld(triangles: Uint32Array, heights: ArrayLike<number>, anchors: ArrayLike<number>): number[] {
  const count = heights.length;
  const isBorder = new Uint8Array(count);
  for (const i of findBorder(triangles)) isBorder[i] = 1;

  const pieces = new Map<number, number[]>();
  findPieces(triangles, count).forEach((number, i) => {
    const piece = pieces.get(number);
    if (piece) piece.push(i);
    else pieces.set(number, [i]);
  });
  const held: number[] = [];
  for (const particles of pieces.values()) {
    const shareOf = (wanted: number[]): number =>
      particles.reduce((sum, i) => sum + wanted.reduce((s, a) => s + anchors[ANCHORS * i + a], 0), 0) /
      particles.length;
    if (shareOf(footAnchors) > HELD_SHARE) held.push(...particles);
    else if (shareOf(hipAnchors) > HELD_SHARE) {
      const border = particles.filter((i) => isBorder[i]);
      const top = border.reduce((highest, i) => Math.max(highest, heights[i]), -Infinity);
      held.push(...border.filter((i) => heights[i] > top - WAISTBAND_METRES));
    }
  }
  return held;
}

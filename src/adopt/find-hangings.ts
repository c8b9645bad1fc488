import type { Weld } from '../garment/garment-binding.ts';
import { boneIndex } from '../mannequin/mannequin.ts';

/** What a piece of cloth hangs from: neck and shoulders, hips and legs, the feet it stands on, or, with sleeves and legs in one, shoulders above and hips below. */
export const hangings = ['shoulders', 'hips', 'feet', 'overall'] as const;
export type Hanging = (typeof hangings)[number];

/** Cloth reaches a joint when it comes within this of it, metres. */
const REACH_METRES = 0.05;
/** Of all vertices, what a piece has at least to be a garment of its own; less is a button or a pocket, and goes with the nearest. */
const GARMENT_SHARE = 0.02;

export interface Hangings {
  /** By welded vertex: index into `hangings`. */
  hangs: Uint8Array;
  /** By welded vertex: number of the garment that it belongs to, 0 first. */
  garmentOf: Uint16Array;
}

/**
 * The garments of an outfit (cloth that hangs together) and what each hangs from: a shirt from the shoulders, the trousers
 * below it from the hips, shoes from the feet.
 *
 * @param positions 3 × vertices, in the row of all parts.
 * @param indices Of the triangles, likewise.
 * @param joints Of the body it was made on.
 * @param vertices The vertex (in the row of all parts) that stands for each welded one.
 */
export function findHangings(
  positions: Float32Array,
  indices: Uint32Array,
  { welded, count, starts, neighbours }: Weld,
  vertices: Uint32Array,
  joints: Float32Array,
): Hangings {
  const pieces = new Int32Array(count).fill(-1);
  const members: number[][] = [];
  for (let w = 0; w < count; w++) {
    if (pieces[w] >= 0) continue;
    const piece = members.length;
    const row = [w];
    pieces[w] = piece;
    for (let i = 0; i < row.length; i++) {
      for (let n = starts[row[i]]; n < starts[row[i] + 1]; n++) {
        if (pieces[neighbours[n]] >= 0) continue;
        pieces[neighbours[n]] = piece;
        row.push(neighbours[n]);
      }
    }
    members.push(row);
  }

  const isGarment = members.map((row) => row.length >= GARMENT_SHARE * count);
  const garments = members.filter((_, p) => isGarment[p]);
  // All of crumbs: one piece.
  if (garments.length === 0) garments.push(members.flat());
  const hangs = new Uint8Array(count);
  const garmentOf = new Uint16Array(count);
  const height = (w: number): number => positions[3 * vertices[w] + 1];
  const shoulders = joints[3 * boneIndex.leftUpperArm + 1] - REACH_METRES;
  const thighs = crotchOf(joints);
  const knees = joints[3 * boneIndex.leftLowerLeg + 1];
  const spanning = spanningPieces(positions, indices, (i) => pieces[welded[i]], joints);
  garments.forEach((row, g) => {
    let top = -Infinity;
    let bottom = Infinity;
    for (const w of row) {
      top = Math.max(top, height(w));
      bottom = Math.min(bottom, height(w));
    }
    const hasLegs = bottom < thighs && !spanning.has(pieces[row[0]]);
    const hanging: Hanging = top > shoulders ? (hasLegs ? 'overall' : 'shoulders') : top < knees ? 'feet' : 'hips';
    for (const w of row) {
      hangs[w] = hangings.indexOf(hanging);
      garmentOf[w] = g;
    }
  });
  members.forEach((row, p) => {
    if (isGarment[p] || garments.length === 0) return;
    const nearest = nearestOf(positions, vertices[row[0]], garments, vertices);
    for (const w of row) {
      hangs[w] = hangs[nearest];
      garmentOf[w] = garmentOf[nearest];
    }
  });
  return { hangs, garmentOf };
}

/** A level that is below any crotch, a third of the way down the thigh. */
function crotchOf(joints: Float32Array): number {
  return joints[3 * boneIndex.leftUpperLeg + 1] * 0.65 + joints[3 * boneIndex.leftLowerLeg + 1] * 0.35;
}

/** Levels between crotch and ankle at which a piece is asked for cloth across the middle; trousers' thighs may touch, a skirt spans most of its own. */
const LEVELS = 16;
const SPANNED_SHARE = 0.6;

/** The pieces with cloth across the middle below the crotch: a skirt's spans it, trousers' does not. */
export function spanningPieces(
  positions: Float32Array,
  indices: Uint32Array,
  pieceOf: (vertex: number) => number,
  joints: Float32Array,
): Set<number> {
  const high = crotchOf(joints);
  const low = joints[3 * boneIndex.leftFoot + 1];
  const levels = new Map<number, { there: Set<number>; spanned: Set<number> }>();
  for (let t = 0; t < indices.length; t += 3) {
    let left = false;
    let right = false;
    let y = 0;
    for (let e = 0; e < 3; e++) {
      const x = positions[3 * indices[t + e]];
      left ||= x > 0;
      right ||= x < 0;
      y += positions[3 * indices[t + e] + 1] / 3;
    }
    const level = Math.floor((LEVELS * (y - low)) / (high - low));
    if (level < 0 || level >= LEVELS) continue;
    const piece = pieceOf(indices[t]);
    if (!levels.has(piece)) levels.set(piece, { there: new Set(), spanned: new Set() });
    const { there, spanned } = levels.get(piece)!;
    there.add(level);
    if (left && right) spanned.add(level);
  }
  return new Set(
    [...levels].filter(([, { there, spanned }]) => spanned.size > SPANNED_SHARE * there.size).map(([piece]) => piece),
  );
}

function nearestOf(positions: Float32Array, vertex: number, garments: number[][], vertices: Uint32Array): number {
  let best = Infinity;
  let nearest = garments[0][0];
  for (const row of garments) {
    for (const w of row) {
      const o = 3 * vertices[w];
      const d =
        (positions[o] - positions[3 * vertex]) ** 2 +
        (positions[o + 1] - positions[3 * vertex + 1]) ** 2 +
        (positions[o + 2] - positions[3 * vertex + 2]) ** 2;
      if (d >= best) continue;
      best = d;
      nearest = w;
    }
  }
  return nearest;
}

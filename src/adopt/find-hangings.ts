/**
 * Finds the garments of an outfit (several garments in one file) and the joints that each hangs from. Vertices at the
 * same position count as one welded vertex.
 *
 * 1. Group welded vertices that edges connect into pieces. Pieces with few vertices join the garment nearest to them.
 * 2. A garment whose top is near the shoulder joints hangs from the `shoulders`, or if it also has legs it is an
 *    `overall`. A garment below the knees hangs from the `feet`, all others from the `hips`.
 */
import type { Weld } from '../garment/garment-binding.ts';
import { boneIndex } from '../mannequin/mannequin.ts';

/**
 * Joints that a garment hangs from: the shoulders, the hips, the feet (shoes), or for a garment with a trunk and legs
 * (`overall`) the shoulders above and the hips below.
 */
export const hangings = ['shoulders', 'hips', 'feet', 'overall'] as const;
/** One of `hangings`. */
export type Hanging = (typeof hangings)[number];

/** A garment hangs from the shoulders if its top is at most this far below the shoulder joints, metres. */
const REACH_METRES = 0.05;
/**
 * Smallest share of all welded vertices that makes a piece a garment. Smaller pieces (buttons, pockets) belong to the
 * nearest garment.
 */
const GARMENT_SHARE = 0.02;

/** The garments of an outfit. */
export interface Hangings {
  /** By welded vertex: what its garment hangs from, an index into `hangings`. */
  hangs: Uint8Array;
  /** By welded vertex: number of its garment, from 0. */
  garmentOf: Uint16Array;
}

/**
 * Finds the garments of an outfit and what each hangs from (steps above).
 *
 * @param positions 3 × vertices of all parts, metres, +y up, in the mannequin's rest pose.
 * @param indices 3 × triangles of all parts.
 * @param weld Welded vertex of each vertex, and the neighbours of each welded vertex.
 * @param vertices By welded vertex: index of one of its vertices in `positions`.
 * @param joints Rest joints of the body that the outfit was modelled on: x, y, z in metres for each bone in the order
 * of `boneNames` (3 × BONE_COUNT).
 */
export function findHangings(
  positions: Float32Array,
  indices: Uint32Array,
  weld: Weld,
  vertices: Uint32Array,
  joints: Float32Array,
): Hangings {
  const { pieceOf, pieces } = findPieces(weld);
  const isGarment = pieces.map((piece) => piece.length >= GARMENT_SHARE * weld.count);
  const garments = pieces.filter((_, p) => isGarment[p]);
  if (garments.length === 0) garments.push(pieces.flat());
  const hangs = new Uint8Array(weld.count);
  const garmentOf = new Uint16Array(weld.count);
  const shoulders = joints[3 * boneIndex.leftUpperArm + 1] - REACH_METRES;
  const thighs = heightBelowCrotch(joints);
  const knees = joints[3 * boneIndex.leftLowerLeg + 1];
  const spanning = spanningPieces(positions, indices, (i) => pieceOf[weld.welded[i]], joints);
  garments.forEach((garment, g) => {
    let top = -Infinity;
    let bottom = Infinity;
    for (const w of garment) {
      const height = positions[3 * vertices[w] + 1];
      top = Math.max(top, height);
      bottom = Math.min(bottom, height);
    }
    const hasLegs = bottom < thighs && !spanning.has(pieceOf[garment[0]]);
    const hanging: Hanging = top > shoulders ? (hasLegs ? 'overall' : 'shoulders') : top < knees ? 'feet' : 'hips';
    for (const w of garment) {
      hangs[w] = hangings.indexOf(hanging);
      garmentOf[w] = g;
    }
  });
  pieces.forEach((piece, p) => {
    if (isGarment[p]) return;
    const nearest = nearestVertex(positions, vertices[piece[0]], garments, vertices);
    for (const w of piece) {
      hangs[w] = hangs[nearest];
      garmentOf[w] = garmentOf[nearest];
    }
  });
  return { hangs, garmentOf };
}

/**
 * Groups the welded vertices that edges connect into pieces. Returns by welded vertex the number of its piece, and by
 * piece its welded vertices.
 */
function findPieces({ count, starts, neighbours }: Weld): { pieceOf: Int32Array; pieces: number[][] } {
  const pieceOf = new Int32Array(count).fill(-1);
  const pieces: number[][] = [];
  for (let w = 0; w < count; w++) {
    if (pieceOf[w] >= 0) continue;
    const piece = [w];
    pieceOf[w] = pieces.length;
    for (let i = 0; i < piece.length; i++) {
      for (let n = starts[piece[i]]; n < starts[piece[i] + 1]; n++) {
        if (pieceOf[neighbours[n]] >= 0) continue;
        pieceOf[neighbours[n]] = pieces.length;
        piece.push(neighbours[n]);
      }
    }
    pieces.push(piece);
  }
  return { pieceOf, pieces };
}

/** Returns a height below any crotch, metres: about a third of the way from the hip joint down to the knee. */
function heightBelowCrotch(joints: Float32Array): number {
  return joints[3 * boneIndex.leftUpperLeg + 1] * 0.65 + joints[3 * boneIndex.leftLowerLeg + 1] * 0.35;
}

/** Number of equal levels into which the height between crotch and ankle is divided. */
const LEVELS = 16;
/**
 * A piece spans the legs if its triangles cross the plane x = 0 at more than this share of the levels at which it has
 * any. The share is not 0 because the thighs of trousers may touch.
 */
const SPANNED_SHARE = 0.6;

/**
 * Finds the pieces of cloth that span both legs below the crotch (skirts, not trousers): their triangles cross the
 * plane x = 0 between the legs.
 *
 * @param positions 3 × vertices, metres, +y up, in the mannequin's rest pose.
 * @param indices 3 × triangles.
 * @param pieceOf Returns the number of the piece that a vertex belongs to.
 * @param joints Rest joints of the body that the cloth was modelled on, 3 × BONE_COUNT, metres.
 * @returns The numbers of the pieces.
 */
export function spanningPieces(
  positions: Float32Array,
  indices: Uint32Array,
  pieceOf: (vertex: number) => number,
  joints: Float32Array,
): Set<number> {
  const high = heightBelowCrotch(joints);
  const low = joints[3 * boneIndex.leftFoot + 1];
  /** By piece: the levels at which it has cloth, and those at which a triangle of it crosses the middle. */
  const levels = new Map<number, { present: Set<number>; spanned: Set<number> }>();
  for (let t = 0; t < indices.length; t += 3) {
    let isLeft = false;
    let isRight = false;
    let y = 0;
    for (let e = 0; e < 3; e++) {
      const x = positions[3 * indices[t + e]];
      isLeft ||= x > 0;
      isRight ||= x < 0;
      y += positions[3 * indices[t + e] + 1] / 3;
    }
    const level = Math.floor((LEVELS * (y - low)) / (high - low));
    if (level < 0 || level >= LEVELS) continue;
    const piece = pieceOf(indices[t]);
    if (!levels.has(piece)) levels.set(piece, { present: new Set(), spanned: new Set() });
    const { present, spanned } = levels.get(piece)!;
    present.add(level);
    if (isLeft && isRight) spanned.add(level);
  }
  return new Set(
    [...levels]
      .filter(([, { present, spanned }]) => spanned.size > SPANNED_SHARE * present.size)
      .map(([piece]) => piece),
  );
}

/** Returns the welded vertex of `garments` that is nearest to `vertex` (an index into `positions`). */
function nearestVertex(positions: Float32Array, vertex: number, garments: number[][], vertices: Uint32Array): number {
  let shortestSq = Infinity;
  let nearest = garments[0][0];
  for (const garment of garments) {
    for (const w of garment) {
      const o = 3 * vertices[w];
      const distanceSq =
        (positions[o] - positions[3 * vertex]) ** 2 +
        (positions[o + 1] - positions[3 * vertex + 1]) ** 2 +
        (positions[o + 2] - positions[3 * vertex + 2]) ** 2;
      if (distanceSq >= shortestSq) continue;
      shortestSq = distanceSq;
      nearest = w;
    }
  }
  return nearest;
}

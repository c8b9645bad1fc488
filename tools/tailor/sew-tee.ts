/**
 * Cuts the pattern pieces of a T-shirt in every size and lists the seams between them. An *edge* is a named part of a
 * piece's outline, a *seam* joins two edges vertex by vertex, and a *particle* is a point of the shirt once all seams
 * are closed: one vertex, or all vertices that seams join.
 *
 * 1. Draft half a front, half a back and a sleeve in the base size, and mesh them; two edges that a seam joins get the
 *    same number of segments.
 * 2. Grade these meshes to every size: same vertices and triangles, other pattern coordinates.
 * 3. Mirror the halves to whole pieces, use the sleeve twice, and cut the neck rib to the length of the neckline.
 * 4. Number the vertices of all pieces in sequence, and list triangles, hems, edges and seams.
 * 5. Number the particles, and pair the vertices left and right of the wearer's middle.
 */
import { cutRib } from './cut-rib.ts';
import { type Draft, draftTee } from './draft-tee.ts';
import { gradePiece } from './grade-piece.ts';
import { meshPiece, type Piece } from './mesh-piece.ts';
import { countSegments, HEM_ROWS, type SegmentCounts } from './sample-outline.ts';
import { baseTeeSize, type TeeSize, teeMeasures } from './tee-measures.ts';
import { unfoldPiece } from './unfold-piece.ts';

/** The pieces; the sleeves by the wearer's side, the rib is the knitted band round the neck. */
export const pieceNames = ['front', 'back', 'sleeveLeft', 'sleeveRight', 'rib'] as const;
/** One of `pieceNames`. */
export type PieceName = (typeof pieceNames)[number];

/**
 * The flat pieces of a T-shirt and the seams between them; the simulation closes the seams. All sizes share vertices
 * and triangles and differ in `pattern` only.
 */
export interface SewnTee {
  /** Number of each piece's first vertex, in the order of `pieceNames`; the last entry is the number of vertices. */
  pieceStarts: number[];
  /** For each vertex: its piece, an index into `pieceNames`. */
  pieceOf: Uint8Array;
  /** 3 × triangles: vertices, anticlockwise seen from the outside of the shirt. */
  triangles: Int32Array;
  /** For each triangle: 1 in the strip along a hem that is doubled when the hem is folded up, else 0. */
  isHemTriangle: Uint8Array;
  /**
   * Vertices along each edge, both ends included, by piece and edge:
   * - `front.` and `back.`: `hem` (from the wearer's right to left), `neck` (from left to right), and with the suffix
   *   `Left` or `Right`: `side` (hem to underarm), `armhole` (underarm to shoulder), `shoulder` (shoulder to neck).
   * - `sleeveLeft.` and `sleeveRight.`: `hem` (back to front), `underFront` (hem to underarm), `capFront` (underarm to
   *   shoulder), `capBack` (shoulder to underarm), `underBack` (underarm to hem).
   * - `rib.`: `sewn` (along the neckline) and `free`, both from the left shoulder round the front and then the back;
   *   `first` and `last` (the strip's ends, from `sewn` to `free`).
   */
  edges: Record<string, number[]>;
  /** 2 × pairs: the vertices that a seam joins, as a, b, a, b, … */
  seams: number[];
  /** For each vertex: its particle, 0 to `particleCount` − 1. */
  particleOf: Int32Array;
  particleCount: number;
  /**
   * For each vertex: its mirror image across the wearer's middle, the vertex itself on the centre line of front and
   * back; −1 in the rib's last column, which a seam joins to the first.
   */
  twins: Int32Array;
  /**
   * By size, for the sizes asked for: 2 × vertices, x and y in the plane of the vertex's piece, metres, +y up along the
   * grain. +x is the wearer's left in front and back, and the front in both sleeves.
   */
  pattern: Record<TeeSize, Float64Array>;
}

/** The pieces of one size as flat meshes, metres. */
type CutPieces = Record<PieceName, Piece>;

/**
 * Returns the pieces of a T-shirt, meshed, in the given sizes, and their seams. The triangles are those of the base
 * size. `spacing`: distance between neighbouring vertices, metres.
 */
export function sewTee(sizes: readonly TeeSize[], spacing: number): SewnTee {
  const draft = draftTee(teeMeasures(baseTeeSize));
  const counts = {
    front: countSegments(draft.front, spacing),
    back: countSegments(draft.back, spacing),
    sleeve: countSegments(draft.sleeve, spacing),
  };
  Object.assign(counts.back, { side: counts.front.side, shoulder: counts.front.shoulder });
  Object.assign(counts.sleeve, {
    capFront: counts.front.armhole,
    capBack: counts.back.armhole,
    underBack: counts.sleeve.underFront,
  });
  const halves = {
    front: meshPiece(draft.front, counts.front, spacing),
    back: meshPiece(draft.back, counts.back, spacing),
    sleeve: meshPiece(draft.sleeve, counts.sleeve, spacing),
  };
  const cut = (size: TeeSize): CutPieces => {
    const measures = teeMeasures(size);
    const drafts = draftTee(measures);
    const grade = (piece: Piece, to: Draft, segments: SegmentCounts): Piece =>
      size === baseTeeSize ? piece : gradePiece(piece, to, segments, spacing);
    const front = unfoldPiece(grade(halves.front, drafts.front, counts.front));
    const back = unfoldPiece(grade(halves.back, drafts.back, counts.back));
    const sleeve = grade(halves.sleeve, drafts.sleeve, counts.sleeve);
    return { front, back, sleeveLeft: sleeve, sleeveRight: sleeve, rib: cutRib(front, back, measures.ribWidth) };
  };
  return assemble(
    cut(baseTeeSize),
    Object.fromEntries(sizes.map((size) => [size, cut(size)])) as Record<TeeSize, CutPieces>,
    spacing,
  );
}

/**
 * Pieces whose pattern plane (+x to the right, +y up) shows the inside of the shirt: seen from outside, the wearer's
 * left is on the left of the back, for instance. Their triangles are reversed, so that all are anticlockwise from
 * outside.
 */
const INSIDE_UP: readonly PieceName[] = ['back', 'sleeveLeft', 'rib'];

/**
 * Height of a row of hem triangles in multiples of `spacing`. An equilateral row measures √3/2 = 0.866; the limit is a
 * little higher, so that rounding excludes no triangle of the row.
 */
const HEM_ROW_HEIGHT = 0.9;

/** Steps 4 and 5. `base` gives the triangles and edges, `sizes` the pattern coordinates. */
function assemble(base: CutPieces, sizes: Record<TeeSize, CutPieces>, spacing: number): SewnTee {
  const pieceStarts = [0];
  const pieceOf: number[] = [];
  const triangles: number[] = [];
  const isHemTriangle: number[] = [];
  const edges: Record<string, number[]> = {};
  const hemHeight = HEM_ROWS * spacing * HEM_ROW_HEIGHT;
  pieceNames.forEach((name, p) => {
    const piece = base[name];
    const { points } = piece;
    const start = pieceStarts[p];
    const count = points.length / 2;
    pieceStarts.push(start + count);
    for (let i = 0; i < count; i++) pieceOf.push(p);
    const hemFoldTop = name === 'rib' ? -Infinity : points[2 * piece.edges.hem[0] + 1] + hemHeight;
    for (let t = 0; t < piece.triangles.length; t += 3) {
      const [a, b, c] = piece.triangles.slice(t, t + 3);
      triangles.push(start + a, ...(INSIDE_UP.includes(name) ? [start + c, start + b] : [start + b, start + c]));
      isHemTriangle.push(Math.max(points[2 * a + 1], points[2 * b + 1], points[2 * c + 1]) < hemFoldTop ? 1 : 0);
    }
    for (const [edge, list] of Object.entries(piece.edges)) edges[`${name}.${edge}`] = list.map((i) => start + i);
  });
  const seams = listSeams(edges);
  const pattern = Object.fromEntries(
    Object.entries(sizes).map(([size, pieces]) => [
      size,
      Float64Array.from(pieceNames.flatMap((name) => [...pieces[name].points])),
    ]),
  );
  return {
    pieceStarts,
    pieceOf: Uint8Array.from(pieceOf),
    triangles: Int32Array.from(triangles),
    isHemTriangle: Uint8Array.from(isHemTriangle),
    edges,
    seams,
    ...numberParticles(seams, pieceOf.length),
    twins: findTwins(base, pieceStarts),
    pattern: pattern as Record<TeeSize, Float64Array>,
  };
}

/** Returns the pairs of vertices that seams join, as a, b, a, b, … Throws if two edges differ in length. */
function listSeams(edges: Readonly<Record<string, readonly number[]>>): number[] {
  const seams: number[] = [];
  const sew = (a: readonly number[], b: readonly number[]): void => {
    if (a.length !== b.length) throw new Error(`A seam cannot join ${a.length} vertices to ${b.length}.`);
    a.forEach((vertex, i) => seams.push(vertex, b[i]));
  };
  const reversed = (edge: readonly number[]): number[] => [...edge].reverse();
  for (const side of ['Left', 'Right']) {
    sew(edges[`front.shoulder${side}`], edges[`back.shoulder${side}`]);
    sew(edges[`front.side${side}`], edges[`back.side${side}`]);
    sew(edges[`front.armhole${side}`], edges[`sleeve${side}.capFront`]);
    sew(edges[`back.armhole${side}`], reversed(edges[`sleeve${side}.capBack`]));
    sew(edges[`sleeve${side}.underFront`], reversed(edges[`sleeve${side}.underBack`]));
  }
  sew([...edges['front.neck'], ...reversed(edges['back.neck']).slice(1)], edges['rib.sewn']);
  sew(edges['rib.first'], edges['rib.last']);
  return seams;
}

/**
 * Returns for each vertex its mirror image: across the centre line in front and back, the same vertex of the other
 * sleeve, and in the rib the same row of the mirrored column (−1 in the last column).
 */
function findTwins(pieces: CutPieces, pieceStarts: readonly number[]): Int32Array {
  const twins = new Int32Array(pieceStarts[pieceStarts.length - 1]).fill(-1);
  const columns = pieces.rib.edges.sewn.length;
  /** Seams join the rib's columns 0 to `lastFrontColumn` to the front, the others to the back. */
  const lastFrontColumn = pieces.front.edges.neck.length - 1;
  pieceNames.forEach((name, p) => {
    const start = pieceStarts[p];
    for (let i = 0; i < pieceStarts[p + 1] - start; i++) {
      if (name === 'front' || name === 'back') twins[start + i] = start + pieces[name].twins![i];
      else if (name === 'sleeveLeft') twins[start + i] = pieceStarts[p + 1] + i;
      else if (name === 'sleeveRight') twins[start + i] = pieceStarts[p - 1] + i;
      else {
        const column = i % columns;
        if (column === columns - 1) continue;
        const twin = column <= lastFrontColumn ? lastFrontColumn - column : columns - 1 + lastFrontColumn - column;
        twins[start + i] = start + i - column + twin;
      }
    }
  });
  return twins;
}

/** Gives all vertices that `seams` (a, b, a, b, …) join the same particle number (union–find). */
function numberParticles(
  seams: readonly number[],
  vertexCount: number,
): { particleOf: Int32Array; particleCount: number } {
  const parent = Int32Array.from({ length: vertexCount }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (let s = 0; s < seams.length; s += 2) {
    const a = root(seams[s]);
    const b = root(seams[s + 1]);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const particleOf = new Int32Array(vertexCount).fill(-1);
  let particleCount = 0;
  for (let i = 0; i < vertexCount; i++) particleOf[i] = root(i) === i ? particleCount++ : particleOf[root(i)];
  return { particleOf, particleCount };
}

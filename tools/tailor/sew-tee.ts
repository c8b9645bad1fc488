/**
 * Cuts the pieces of a T-shirt in every size and notes how they are sewn together.
 *
 * 1. Draft the base size and mesh its pieces; sides that are sewn together get the same number of segments.
 * 2. Grade the meshes to every size: same vertices and triangles, other pattern coordinates.
 * 3. Number the vertices of all pieces, and list triangles, hems, edges and seams.
 * 4. Number the particles that remain when all seams are closed, and pair left with right.
 */
import { cutRib } from './cut-rib.ts';
import { type Draft, draftTee } from './draft-tee.ts';
import { gradePiece } from './grade-piece.ts';
import { meshPiece, type Piece } from './mesh-piece.ts';
import { countSegments, HEM_ROWS, type SegmentCounts } from './sample-outline.ts';
import { baseTeeSize, type TeeSize, teeMeasures } from './tee-measures.ts';
import { unfoldPiece } from './unfold-piece.ts';

export const pieceNames = ['front', 'back', 'sleeveLeft', 'sleeveRight', 'rib'] as const;
export type PieceName = (typeof pieceNames)[number];

/** A T-shirt cut and pinned, not yet sewn: the same vertices and triangles for every size. */
export interface SewnTee {
  /** First vertex of each piece, in the order of `pieceNames`; at last the number of vertices. */
  pieceStarts: number[];
  /** For each vertex: its piece, an index into `pieceNames`. */
  pieceOf: Uint8Array;
  /** Three vertices each, anticlockwise from outside. */
  triangles: Int32Array;
  /** For each triangle: 1 if it lies on the fold of a hem. */
  isHemTriangle: Uint8Array;
  /** Vertices along named sides, `front.hem` for instance, ends included. */
  edges: Record<string, number[]>;
  /** Pairs of vertices that a seam joins. */
  seams: number[];
  /** For each vertex: the particle that it becomes once sewn. */
  particleOf: Int32Array;
  particleCount: number;
  /** For each vertex: its mirror image across the wearer's middle; −1 for the rib's last column, sewn to its first. */
  twins: Int32Array;
  /** By size: pattern coordinates, 2 × vertices, metres. */
  pattern: Record<TeeSize, Float64Array>;
}

type CutPieces = Record<PieceName, Piece>;

/** `spacing`: side of a triangle, metres. */
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

/** Pieces that lie with their inside up when their pattern is drawn with y up. */
const INSIDE_UP: readonly PieceName[] = ['back', 'sleeveLeft', 'rib'];

/**
 * Height of the fold of a hem, in sides of a triangle a row: a little over √3/2, so that rounding loses no triangle.
 */
const HEM_ROW_HEIGHT = 0.9;

/** Steps 3 and 4. */
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
    const foldTop = name === 'rib' ? -Infinity : points[2 * piece.edges.hem[0] + 1] + hemHeight;
    for (let t = 0; t < piece.triangles.length; t += 3) {
      const [a, b, c] = piece.triangles.slice(t, t + 3);
      triangles.push(start + a, ...(INSIDE_UP.includes(name) ? [start + c, start + b] : [start + b, start + c]));
      isHemTriangle.push(Math.max(points[2 * a + 1], points[2 * b + 1], points[2 * c + 1]) < foldTop ? 1 : 0);
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
    ...weld(seams, pieceOf.length),
    twins: findTwins(base, pieceStarts),
    pattern: pattern as Record<TeeSize, Float64Array>,
  };
}

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

/** Twins lie across the fold in front and back, on the other sleeve, and in the rib's column at the mirrored place. */
function findTwins(pieces: CutPieces, pieceStarts: readonly number[]): Int32Array {
  const twins = new Int32Array(pieceStarts[pieceStarts.length - 1]).fill(-1);
  const columns = pieces.rib.edges.sewn.length;
  /** The rib's columns from 0 to here are sewn to the front. */
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

/** Numbers the particles that remain when all seams are closed. */
function weld(seams: readonly number[], vertexCount: number): { particleOf: Int32Array; particleCount: number } {
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

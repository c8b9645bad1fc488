import type { ClothSheet } from './connect-sheet.ts';
import { type Draft, draftTee } from './draft-tee.ts';
import { type Counts, countSegments, gradePiece, hemRows, meshPiece, type Piece, unfoldPiece } from './mesh-piece.ts';
import { baseTeeSize, type TeeSize, teeMeasures } from './tee-measures.ts';

export const pieceNames = ['front', 'back', 'sleeveLeft', 'sleeveRight', 'rib'] as const;
type PieceName = (typeof pieceNames)[number];

/** The neck rib is cut shorter than the opening and stretched on, so that it lies against the neck: its free edge by this factor, its sewn edge by the second. */
const ribFree = 0.82,
  ribSewn = 0.96;
/** Rows of quads across the rib. */
const ribRows = 2;

/** A T-shirt cut and pinned, not yet sewn: the same vertices and triangles for every size. */
export interface SewnTee {
  /** All vertices of all pieces, one piece after the other; the pieces' first vertices, and one past the last. */
  starts: number[];
  /** Index into `pieceNames`, per vertex. */
  pieceOf: Uint8Array;
  /** Triangles of all pieces, their outside anticlockwise. */
  triangles: Int32Array;
  /** Whether a triangle belongs to the turned-in part of a hem. */
  hemOf: Uint8Array;
  /** Vertices along named sides: `front.hem`, … */
  edges: Record<string, number[]>;
  /** Pairs of vertices that a seam joins. */
  seams: number[];
  /** Which particle a vertex becomes once sewn. */
  particleOf: Int32Array;
  particles: number;
  /** The vertex that mirrors each one across the wearer's middle, −1 for the rib's doubled column. */
  twins: Int32Array;
  /** Pattern coordinates of each vertex in each size, metres. */
  flat: Record<TeeSize, Float64Array>;
}

interface CutPieces {
  front: Piece;
  back: Piece;
  sleeveLeft: Piece;
  sleeveRight: Piece;
  rib: Piece;
}

/** Cuts all pieces of every size and notes what is sewn to what. `spacing`: side of a triangle, metres. */
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
    const m = teeMeasures(size),
      d = draftTee(m);
    const grade = (piece: Piece, to: Draft, c: Counts): Piece =>
      size === baseTeeSize ? piece : gradePiece(piece, to, c, spacing);
    const front = unfoldPiece(grade(halves.front, d.front, counts.front)),
      back = unfoldPiece(grade(halves.back, d.back, counts.back));
    const sleeve = grade(halves.sleeve, d.sleeve, counts.sleeve);
    return { front, back, sleeveLeft: sleeve, sleeveRight: sleeve, rib: cutRib(front, back, m.ribWidth) };
  };
  return assemble(
    cut(baseTeeSize),
    Object.fromEntries(sizes.map((size) => [size, cut(size)])) as Record<TeeSize, CutPieces>,
    spacing,
  );
}

/** A strip as long as the neckline, from the left shoulder round the front to the right and round the back; its last column is sewn to its first. */
function cutRib(front: Piece, back: Piece, width: number): Piece {
  const along: number[] = [0];
  for (const [piece, list] of [
    [front, front.edges.neck],
    [back, [...back.edges.neck].reverse()],
  ] as const) {
    for (let i = 1; i < list.length; i++) {
      const a = list[i - 1],
        b = list[i];
      along.push(
        along[along.length - 1] +
          Math.hypot(piece.flat[2 * a] - piece.flat[2 * b], piece.flat[2 * a + 1] - piece.flat[2 * b + 1]),
      );
    }
  }
  const columns = along.length,
    flat: number[] = [],
    triangles: number[] = [];
  for (let row = 0; row <= ribRows; row++) for (const u of along) flat.push(u, (row / ribRows) * width);
  for (let row = 0; row < ribRows; row++) {
    for (let c = 0; c + 1 < columns; c++) {
      const a = row * columns + c,
        b = a + 1,
        d = a + columns,
        e = d + 1;
      if ((row + c) % 2 === 0) triangles.push(a, b, e, a, e, d);
      else triangles.push(a, b, d, b, e, d);
    }
  }
  const column = (c: number): number[] => Array.from({ length: ribRows + 1 }, (_, row) => row * columns + c);
  const row = (r: number): number[] => Array.from({ length: columns }, (_, c) => r * columns + c);
  return {
    flat: Float64Array.from(flat),
    triangles,
    edges: { sewn: row(0), free: row(ribRows), first: column(0), last: column(columns - 1) },
  };
}

/** Pieces whose pattern, laid with y up, shows its outside when turned over. */
const turned: readonly PieceName[] = ['back', 'sleeveLeft', 'rib'];

function assemble(base: CutPieces, sizes: Record<TeeSize, CutPieces>, spacing: number): SewnTee {
  const starts = [0],
    pieceOf: number[] = [],
    triangles: number[] = [],
    hemOf: number[] = [];
  const edges: Record<string, number[]> = {};
  const hemHeight = hemRows * spacing * 0.9; // a little over √3/2, so that rounding leaves no triangle out
  pieceNames.forEach((name, p) => {
    const piece = base[name],
      start = starts[p],
      count = piece.flat.length / 2;
    starts.push(start + count);
    for (let i = 0; i < count; i++) pieceOf.push(p);
    const hemLine = name === 'rib' ? -Infinity : piece.flat[2 * piece.edges.hem[0] + 1] + hemHeight;
    for (let t = 0; t < piece.triangles.length; t += 3) {
      const [a, b, c] = piece.triangles.slice(t, t + 3);
      triangles.push(start + a, ...(turned.includes(name) ? [start + c, start + b] : [start + b, start + c]));
      hemOf.push(Math.max(piece.flat[2 * a + 1], piece.flat[2 * b + 1], piece.flat[2 * c + 1]) < hemLine ? 1 : 0);
    }
    for (const [edge, list] of Object.entries(piece.edges)) edges[`${name}.${edge}`] = list.map((i) => start + i);
  });
  const seams: number[] = [];
  const sew = (one: readonly number[], other: readonly number[]): void => {
    if (one.length !== other.length) throw new Error(`A seam joins ${one.length} to ${other.length} vertices.`);
    one.forEach((a, i) => seams.push(a, other[i]));
  };
  const back = (list: readonly number[]): number[] => [...list].reverse();
  for (const side of ['Left', 'Right']) {
    sew(edges[`front.shoulder${side}`], edges[`back.shoulder${side}`]);
    sew(edges[`front.side${side}`], edges[`back.side${side}`]);
    sew(edges[`front.armhole${side}`], edges[`sleeve${side}.capFront`]);
    sew(edges[`back.armhole${side}`], back(edges[`sleeve${side}.capBack`]));
    sew(edges[`sleeve${side}.underFront`], back(edges[`sleeve${side}.underBack`]));
  }
  sew([...edges['front.neck'], ...back(edges['back.neck']).slice(1)], edges['rib.sewn']);
  sew(edges['rib.first'], edges['rib.last']);
  const flat = Object.fromEntries(
    Object.entries(sizes).map(([size, pieces]) => [
      size,
      Float64Array.from(pieceNames.flatMap((name) => [...pieces[name].flat])),
    ]),
  );
  return {
    starts,
    pieceOf: Uint8Array.from(pieceOf),
    triangles: Int32Array.from(triangles),
    hemOf: Uint8Array.from(hemOf),
    edges,
    seams,
    ...weld(seams, pieceOf.length),
    twins: findTwins(base, starts),
    flat: flat as Record<TeeSize, Float64Array>,
  };
}

/** Pairs left with right: within front and back across the fold, sleeve with sleeve, and the rib's columns by where they are sewn on. */
function findTwins(pieces: CutPieces, starts: readonly number[]): Int32Array {
  const twins = new Int32Array(starts[starts.length - 1]).fill(-1);
  const columns = pieces.rib.edges.sewn.length,
    front = pieces.front.edges.neck.length - 1;
  pieceNames.forEach((name, p) => {
    for (let i = 0; i < starts[p + 1] - starts[p]; i++) {
      if (name === 'front' || name === 'back') twins[starts[p] + i] = starts[p] + pieces[name].twins![i];
      else if (name === 'sleeveLeft') twins[starts[p] + i] = starts[p + 1] + i;
      else if (name === 'sleeveRight') twins[starts[p] + i] = starts[p - 1] + i;
      else {
        const column = i % columns;
        if (column < columns - 1)
          twins[starts[p] + i] =
            starts[p] + i - column + (column <= front ? front - column : columns - 1 + front - column);
      }
    }
  });
  return twins;
}

/** Numbers the particles that remain when all seams are closed. */
function weld(seams: readonly number[], count: number): { particleOf: Int32Array; particles: number } {
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (let s = 0; s < seams.length; s += 2) {
    const a = root(seams[s]),
      b = root(seams[s + 1]);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const particleOf = new Int32Array(count).fill(-1);
  let particles = 0;
  for (let i = 0; i < count; i++) particleOf[i] = root(i) === i ? particles++ : particleOf[root(i)];
  return { particleOf, particles };
}

/** The sheet to simulate for one size: with the seams open (`sewn` false) or closed. */
export function clothSheet(tee: SewnTee, size: TeeSize, sewn: boolean): ClothSheet {
  const flat = tee.flat[size],
    rib = pieceNames.indexOf('rib');
  const width = flat[2 * (tee.starts[rib + 1] - 1) + 1];
  const rest = new Float64Array(tee.triangles.length),
    stiffness = new Float64Array(tee.triangles.length / 3);
  for (let t = 0; t < tee.triangles.length; t += 3) {
    const inRib = tee.pieceOf[tee.triangles[t]] === rib;
    stiffness[t / 3] = inRib ? 12 : tee.hemOf[t / 3] ? 4 : 1; // a rib is two layers of a heavier knit; a hem is two layers stitched together
    for (let k = 0; k < 3; k++) {
      const a = 2 * tee.triangles[t + k],
        b = 2 * tee.triangles[t + ((k + 1) % 3)];
      const height = (flat[a + 1] + flat[b + 1]) / 2 / width;
      const shrink = inRib ? ribSewn + (ribFree - ribSewn) * height : 1;
      rest[t + k] = Math.hypot((flat[b] - flat[a]) * shrink, flat[b + 1] - flat[a + 1]);
    }
  }
  const twins = sewn ? new Int32Array(tee.particles).fill(-1) : tee.twins;
  if (sewn)
    tee.twins.forEach((twin, i) => {
      if (twin >= 0) twins[tee.particleOf[i]] = tee.particleOf[twin];
    });
  return {
    twins,
    particles: sewn ? tee.particles : tee.pieceOf.length,
    triangles: sewn ? tee.triangles.map((i) => tee.particleOf[i]) : tee.triangles,
    rest,
    stiffness,
  };
}

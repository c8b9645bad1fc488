/**
 * Cuts the pieces of a pattern in every size and lists the seams between them. A *seam* joins two edges vertex by
 * vertex, and a *particle* is a point of the garment once all seams are closed: one vertex, or all vertices that seams
 * join.
 *
 * 1. Draft the outlines in the base size, and mesh them; two edges that a seam joins get the same number of segments.
 * 2. Grade these meshes to every size: same vertices and triangles, other pattern coordinates.
 * 3. Mirror the pieces that are cut on the fold, and cut bands to the length of the edges that they are sewn to.
 * 4. Number the vertices of all pieces in sequence, and list triangles, hems, edges and seams.
 * 5. Number the particles, and pair the vertices left and right of the wearer's middle.
 */
import { cutBand } from './cut-band.ts';
import { edgeChain } from './edge-chain.ts';
import { gradePiece } from './grade-piece.ts';
import { meshPiece, type Piece } from './mesh-piece.ts';
import type { Draft, Measures, Pattern } from './pattern.ts';
import { countSegments, HEM_ROWS, type SegmentCounts } from './sample-outline.ts';
import { unfoldPiece } from './unfold-piece.ts';

/**
 * The flat pieces of a garment and the seams between them; the simulation closes the seams. All sizes share vertices
 * and triangles and differ in `flat` only.
 */
export interface SewnGarment {
  pattern: Pattern;
  /** Names of the pieces, then of the bands, in the pattern's order. */
  pieceNames: readonly string[];
  /** Index of the first band in `pieceNames`. */
  firstBand: number;
  /** Number of each piece's first vertex, in the order of `pieceNames`; the last entry is the number of vertices. */
  pieceStarts: number[];
  /** For each vertex: its piece, an index into `pieceNames`. */
  pieceOf: Uint8Array;
  /** 3 × triangles: vertices, anticlockwise seen from the outside of the garment. */
  triangles: Int32Array;
  /** For each triangle: 1 in the strip along a hem that is doubled when the hem is folded up, else 0. */
  isHemTriangle: Uint8Array;
  /**
   * Vertices along each edge by its full name, both ends included, in the direction of the draft; of an edge that
   * crosses the fold, from the end where its half begins. A band has `sewn` (along its seam) and `free`, both from
   * where it is closed, and `first` and `last` (the strip's ends, from `sewn` to `free`).
   */
  edges: Record<string, number[]>;
  /** 2 × pairs: the vertices that a seam joins, as a, b, a, b, … */
  seams: number[];
  /** For each vertex: its particle, 0 to `particleCount` − 1. */
  particleOf: Int32Array;
  particleCount: number;
  /**
   * For each vertex: its mirror image across the wearer's middle, the vertex itself on the fold; −1 in a band's last
   * column, which a seam joins to the first.
   */
  twins: Int32Array;
  /**
   * By size, for the sizes asked for: 2 × vertices, x and y in the plane of the vertex's piece, metres, +y along the
   * grain.
   */
  flat: Record<string, Float64Array>;
}

/** The pieces and bands of one size as flat meshes, metres, by name. */
type CutPieces = Record<string, Piece>;

/**
 * Returns the pieces of a pattern, meshed, in the given sizes, and their seams. The triangles are those of the base
 * size.
 */
export function sewPattern(pattern: Pattern, sizes: readonly string[]): SewnGarment {
  const { baseSize, spacing } = pattern;
  const base = pattern.draft(pattern.sizes[baseSize]);
  const counts = matchCounts(pattern, base);
  const meshes = Object.fromEntries(
    Object.entries(base).map(([name, draft]) => [name, meshPiece(draft, counts[name], spacing)]),
  );
  const cut = (size: string): CutPieces => {
    const measures = pattern.sizes[size];
    const drafts = pattern.draft(measures);
    const outlines = Object.fromEntries(
      Object.entries(meshes).map(([name, mesh]) => [
        name,
        size === baseSize ? mesh : gradePiece(mesh, drafts[name], counts[name], spacing),
      ]),
    );
    const pieces = Object.fromEntries(
      pattern.pieces.map(({ name, outline, isCutOnFold }) => [
        name,
        isCutOnFold ? unfoldPiece(outlines[outline]) : outlines[outline],
      ]),
    );
    return { ...pieces, ...cutBands(pattern, measures, pieces) };
  };
  return assemble(pattern, cut(baseSize), Object.fromEntries(sizes.map((size) => [size, cut(size)])));
}

/** Returns the outline and its edge that a full name of an edge means. */
function outlineEdge(pattern: Pattern, drafts: Record<string, Draft>, name: string): [outline: string, edge: string] {
  const [pieceName, edge] = name.replace(/^-/, '').split('.');
  const piece = pattern.pieces.find((candidate) => candidate.name === pieceName);
  const names = piece ? drafts[piece.outline].map((part) => part.name) : [];
  const half = piece?.isCutOnFold ? edge.replace(/(Left|Right)$/, '') : edge;
  if (!piece || !names.includes(half)) throw new Error(`${pattern.id}: there is no edge ${name}.`);
  return [piece.outline, half];
}

/** Returns the number of segments on each edge of each outline: of two edges in a seam, that of the first. */
function matchCounts(pattern: Pattern, drafts: Record<string, Draft>): Record<string, SegmentCounts> {
  const counts = Object.fromEntries(
    Object.entries(drafts).map(([name, draft]) => [name, countSegments(draft, pattern.spacing)]),
  );
  for (const { edges } of pattern.seams) {
    const [[outline, edge], [sewnTo, sewnEdge]] = edges.map((name) => outlineEdge(pattern, drafts, name));
    counts[sewnTo][sewnEdge] = counts[outline][edge];
  }
  return counts;
}

/** Returns the bands of one size. `pieces`: by name, metres. */
function cutBands(pattern: Pattern, measures: Measures, pieces: CutPieces): CutPieces {
  return Object.fromEntries(
    pattern.bands.map(({ name, along, width }) => {
      const edges = along.map((edge) => {
        const [piece, part] = edge.replace(/^-/, '').split('.');
        const line = edgeChain({ edges: { [edge.replace(/^-/, '')]: pieces[piece].edges[part] } }, [edge]);
        return { points: pieces[piece].points, line };
      });
      return [name, cutBand(edges, measures[width])];
    }),
  );
}

/**
 * Height of a row of hem triangles in multiples of `spacing`. An equilateral row measures √3/2 = 0.866; the limit is a
 * little higher, so that rounding excludes no triangle of the row.
 */
const HEM_ROW_HEIGHT = 0.9;

/** Steps 4 and 5. `base` gives the triangles and edges, `sizes` the pattern coordinates. */
function assemble(pattern: Pattern, base: CutPieces, sizes: Record<string, CutPieces>): SewnGarment {
  const pieceNames = [...pattern.pieces, ...pattern.bands].map(({ name }) => name);
  const firstBand = pattern.pieces.length;
  const pieceStarts = [0];
  const pieceOf: number[] = [];
  const triangles: number[] = [];
  const isHemTriangle: number[] = [];
  const edges: Record<string, number[]> = {};
  const hemHeight = HEM_ROWS * pattern.spacing * HEM_ROW_HEIGHT;
  pieceNames.forEach((name, p) => {
    const piece = base[name];
    const { points } = piece;
    const start = pieceStarts[p];
    const count = points.length / 2;
    pieceStarts.push(start + count);
    for (let i = 0; i < count; i++) pieceOf.push(p);
    const hemFoldTop = p >= firstBand ? -Infinity : points[2 * piece.edges.hem[0] + 1] + hemHeight;
    // All triangles are anticlockwise from outside: those of a piece whose plane shows the inside are reversed.
    const { isInsideUp } = [...pattern.pieces, ...pattern.bands][p];
    for (let t = 0; t < piece.triangles.length; t += 3) {
      const [a, b, c] = piece.triangles.slice(t, t + 3);
      triangles.push(start + a, ...(isInsideUp ? [start + c, start + b] : [start + b, start + c]));
      isHemTriangle.push(Math.max(points[2 * a + 1], points[2 * b + 1], points[2 * c + 1]) < hemFoldTop ? 1 : 0);
    }
    for (const [edge, list] of Object.entries(piece.edges)) edges[`${name}.${edge}`] = list.map((i) => start + i);
  });
  const seams = listSeams(pattern, edges);
  const flat = Object.fromEntries(
    Object.entries(sizes).map(([size, pieces]) => [
      size,
      Float64Array.from(pieceNames.flatMap((name) => [...pieces[name].points])),
    ]),
  );
  return {
    pattern,
    pieceNames,
    firstBand,
    pieceStarts,
    pieceOf: Uint8Array.from(pieceOf),
    triangles: Int32Array.from(triangles),
    isHemTriangle: Uint8Array.from(isHemTriangle),
    edges,
    seams,
    ...numberParticles(seams, pieceOf.length),
    twins: findTwins(pattern, base, { edges, pieceNames, pieceStarts }),
    flat,
  };
}

/** Returns the pairs of vertices that seams join, as a, b, a, b, … Throws if two edges differ in length. */
function listSeams(pattern: Pattern, edges: Readonly<Record<string, readonly number[]>>): number[] {
  const seams: number[] = [];
  const sew = (first: readonly string[], second: readonly string[]): void => {
    const [a, b] = [first, second].map((names) => edgeChain({ edges }, names));
    if (a.length !== b.length)
      throw new Error(`${pattern.id}: ${first} has ${a.length} vertices, ${second} has ${b.length}.`);
    a.forEach((vertex, i) => seams.push(vertex, b[i]));
  };
  for (const { edges: pair } of pattern.seams) sew([pair[0]], [pair[1]]);
  for (const { name, along } of pattern.bands) {
    sew(along, [`${name}.sewn`]);
    sew([`${name}.first`], [`${name}.last`]);
  }
  return seams;
}

/**
 * Returns for each vertex its mirror image: across the fold, the same vertex of the piece on the other side, and in a
 * band the same row of the column that is sewn to the mirror image (−1 in the last column).
 */
function findTwins(
  { pieces, bands }: Pattern,
  cut: CutPieces,
  { edges, pieceNames, pieceStarts }: Pick<SewnGarment, 'edges' | 'pieceNames' | 'pieceStarts'>,
): Int32Array {
  const twins = new Int32Array(pieceStarts[pieceStarts.length - 1]).fill(-1);
  pieces.forEach(({ name, twin }, p) => {
    const other = pieceStarts[pieceNames.indexOf(twin)];
    for (let i = 0; i < pieceStarts[p + 1] - pieceStarts[p]; i++)
      twins[pieceStarts[p] + i] = other + (cut[name].twins?.[i] ?? i);
  });
  bands.forEach(({ along, twin }, b) => {
    const p = pieces.length + b;
    const otherBand = bands.find((band) => band.name === twin)!;
    const sewnTo = edgeChain({ edges }, along);
    const others = edgeChain({ edges }, otherBand.along).slice(0, -1);
    const columns = sewnTo.length;
    for (let i = 0; i < pieceStarts[p + 1] - pieceStarts[p]; i++) {
      const column = i % columns;
      if (column === columns - 1) continue;
      const mirrored = others.indexOf(twins[sewnTo[column]]);
      if (mirrored >= 0) twins[pieceStarts[p] + i] = pieceStarts[pieceNames.indexOf(twin)] + i - column + mirrored;
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

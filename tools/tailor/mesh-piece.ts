import type { Draft } from './draft-tee.ts';
import { type Polyline, pointsAlong, polylineLength } from './polyline.ts';
import { insidePolygon, triangulate } from './triangulate.ts';

/** A triangulated pattern piece. */
export interface Piece {
  /** 2 × vertices, metres, in the plane of the pattern; the first ones are the outline. */
  flat: Float64Array;
  /** Anticlockwise in the plane. */
  triangles: number[];
  /** Vertices along each named side, in the outline's direction, both ends included. */
  edges: Record<string, number[]>;
  /** Of an unfolded piece: the vertex that mirrors each one across the fold. */
  twins?: Int32Array;
}

/** Rows parallel to a hem: this many of them are kept straight, so that the fold of the hem is a strip of clean quads. */
export const hemRows = 2;

/** Segments for each side, so that sides to be sewn together get the same. */
export type Counts = Record<string, number>;

export function countSegments(draft: Draft, spacing: number): Counts {
  return Object.fromEntries(
    draft.map(({ name, line }) => [name, Math.max(2, Math.round(polylineLength(line) / spacing))]),
  );
}

/** The outline resampled by `counts`, without repeating corners. */
function sampleOutline(
  draft: Draft,
  counts: Counts,
  rowHeight: number,
): { points: Polyline; edges: Record<string, number[]> } {
  const points: Polyline = [];
  const starts: number[] = [];
  for (const { name, line, hemEnd } of draft) {
    starts.push(points.length / 2);
    const length = polylineLength(line),
      count = counts[name];
    const distances: number[] = [];
    for (let i = 0; i < count; i++) {
      // Distance from the hem's end: rows of fixed height first, the rest evenly.
      const fromHem = (k: number): number =>
        k <= hemRows
          ? k * rowHeight
          : hemRows * rowHeight + ((k - hemRows) / (count - hemRows)) * (length - hemRows * rowHeight);
      if (hemEnd === 'start') distances.push(fromHem(i));
      else if (hemEnd === 'end') distances.push(length - fromHem(count - i));
      else distances.push((i / count) * length);
    }
    points.push(...pointsAlong(line, distances));
  }
  const total = points.length / 2;
  const edges: Record<string, number[]> = {};
  draft.forEach(({ name }, k) => {
    edges[name] = Array.from({ length: counts[name] + 1 }, (_, i) => (starts[k] + i) % total);
  });
  return { points, edges };
}

/** Fills an outline with an equilateral lattice whose rows follow the hem, and joins everything up. `mirrored` says the piece is half of one cut on the fold. */
export function meshPiece(draft: Draft, counts: Counts, spacing: number): Piece {
  const rowHeight = spacing * rowRatio;
  const { points, edges } = sampleOutline(draft, counts, rowHeight);
  const boundary = points.length / 2;
  const [xMin, yMin, xMax, yMax] = bounds(points);
  const hem = edges.hem;
  const hemStart = points[2 * hem[0]],
    hemSpacing = (points[2 * hem[hem.length - 1]] - hemStart) / (hem.length - 1);
  const interior: number[] = [];
  for (let row = 1; yMin + row * rowHeight < yMax; row++) {
    const y = yMin + row * rowHeight;
    const first = Math.floor((xMin - hemStart) / hemSpacing) - 1,
      last = Math.ceil((xMax - hemStart) / hemSpacing) + 1;
    for (let k = first; k <= last; k++) {
      const x = hemStart + (k + (row % 2) / 2) * hemSpacing;
      if (!insidePolygon(points, boundary, x, y)) continue;
      const clear = row <= hemRows ? 0.4 : 0.62; // lattice points nearer to the outline than this would make slivers
      if (distanceToOutline(points, boundary, x, y) > clear * spacing) interior.push(row, x, y);
    }
  }
  const fixed: boolean[] = [];
  for (let i = 0; i < interior.length; i += 3) {
    points.push(interior[i + 1], interior[i + 2]);
    fixed.push(interior[i] <= hemRows);
  }
  let triangles = triangulate(points, boundary);
  for (let pass = 0; pass < 4; pass++) {
    relax(points, triangles, boundary, fixed);
    triangles = triangulate(points, boundary);
  }
  return { flat: Float64Array.from(points), triangles, edges };
}

/** Height of a row of equilateral triangles, in units of their side. */
const rowRatio = Math.sqrt(3) / 2;

/** Moves free inner points to the middle of their neighbours. */
function relax(points: number[], triangles: readonly number[], boundary: number, fixed: readonly boolean[]): void {
  const sum = new Float64Array(points.length),
    count = new Float64Array(points.length / 2);
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k],
        b = triangles[t + ((k + 1) % 3)];
      sum[2 * a] += points[2 * b];
      sum[2 * a + 1] += points[2 * b + 1];
      count[a]++;
    }
  }
  for (let i = boundary; i < points.length / 2; i++) {
    if (fixed[i - boundary] || count[i] === 0) continue;
    points[2 * i] = sum[2 * i] / count[i];
    points[2 * i + 1] = sum[2 * i + 1] / count[i];
  }
}

/** The whole piece from the half that lies at x ≥ 0; sides get `Left` (x > 0, the wearer's) or `Right`, and those across the fold run on. */
export function unfoldPiece(half: Piece): Piece {
  const count = half.flat.length / 2;
  const onFold = new Set(half.edges.centre);
  const twin = new Int32Array(count);
  const flat: number[] = [...half.flat];
  for (let i = 0; i < count; i++) {
    if (onFold.has(i)) {
      twin[i] = i;
      continue;
    }
    twin[i] = flat.length / 2;
    flat.push(-half.flat[2 * i], half.flat[2 * i + 1]);
  }
  const triangles = [...half.triangles];
  for (let t = 0; t < half.triangles.length; t += 3) {
    triangles.push(twin[half.triangles[t]], twin[half.triangles[t + 2]], twin[half.triangles[t + 1]]);
  }
  const edges: Record<string, number[]> = {};
  for (const [name, list] of Object.entries(half.edges)) {
    if (name === 'centre') continue;
    const other = list.map((i) => twin[i]);
    if (name === 'hem') edges.hem = [...other.slice(1).reverse(), ...list];
    else if (name === 'neck') edges.neck = [...list, ...other.slice(0, -1).reverse()];
    else {
      edges[`${name}Left`] = list;
      edges[`${name}Right`] = other;
    }
  }
  const twins = new Int32Array(flat.length / 2);
  twin.forEach((other, i) => {
    twins[i] = other;
    twins[other] = i;
  });
  return { flat: Float64Array.from(flat), triangles, edges, twins };
}

/** The same piece cut to another size: the outline is the new draft's, inner points follow it harmonically, so the topology stays. */
export function gradePiece(piece: Piece, draft: Draft, counts: Counts, spacing: number): Piece {
  const { points } = sampleOutline(draft, counts, spacing * rowRatio);
  const boundary = points.length / 2,
    count = piece.flat.length / 2;
  const shift = new Float64Array(2 * count);
  for (let i = 0; i < 2 * boundary; i++) shift[i] = points[i] - piece.flat[i];
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (let t = 0; t < piece.triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) neighbours[piece.triangles[t + k]].push(piece.triangles[t + ((k + 1) % 3)]);
  }
  for (let pass = 0; pass < 1500; pass++) {
    // Gauss–Seidel: pieces are some 50 vertices across
    for (let i = boundary; i < count; i++) {
      let x = 0,
        y = 0;
      for (const j of neighbours[i]) {
        x += shift[2 * j];
        y += shift[2 * j + 1];
      }
      shift[2 * i] = x / neighbours[i].length;
      shift[2 * i + 1] = y / neighbours[i].length;
    }
  }
  return { ...piece, flat: piece.flat.map((value, i) => value + shift[i]) };
}

function bounds(points: readonly number[]): [number, number, number, number] {
  let xMin = Infinity,
    yMin = Infinity,
    xMax = -Infinity,
    yMax = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    xMin = Math.min(xMin, points[i]);
    xMax = Math.max(xMax, points[i]);
    yMin = Math.min(yMin, points[i + 1]);
    yMax = Math.max(yMax, points[i + 1]);
  }
  return [xMin, yMin, xMax, yMax];
}

function distanceToOutline(points: readonly number[], count: number, x: number, y: number): number {
  let best = Infinity;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const ax = points[2 * j],
      ay = points[2 * j + 1],
      bx = points[2 * i] - ax,
      by = points[2 * i + 1] - ay;
    const t = Math.min(1, Math.max(0, ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1)));
    best = Math.min(best, Math.hypot(x - ax - t * bx, y - ay - t * by));
  }
  return best;
}

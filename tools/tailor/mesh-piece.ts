/**
 * Fills the outline of a pattern piece with triangles that are nearly equilateral.
 *
 * 1. Sample the outline.
 * 2. Place an equilateral lattice inside, with its rows parallel to the hem.
 * 3. Triangulate; then, four times, move inner points to the mean of their neighbours and triangulate again.
 */
import type { Draft } from './pattern.ts';
import { HEM_ROWS, type SegmentCounts, sampleOutline } from './sample-outline.ts';
import { insidePolygon, triangulate } from './triangulate.ts';

/** A triangulated pattern piece in its plane: x, y in metres, +y up along the grain. */
export interface Piece {
  /** 2 × vertices: x, y. A piece fresh from `meshPiece` lists the vertices of the outline first. */
  points: Float64Array;
  /** 3 × triangles: vertices, anticlockwise in the plane. */
  triangles: number[];
  /** By name of an edge (a part of the outline): its vertices in order, both ends included. */
  edges: Record<string, number[]>;
  /** Only in front and back, mirrored to whole pieces: for each vertex its mirror image across x = 0. */
  twins?: Int32Array;
}

/** Height of a row of equilateral triangles as a multiple of the distance between their corners. */
export const ROW_HEIGHT = Math.sqrt(3) / 2;
/**
 * Distance that lattice points keep from the outline, as a multiple of the spacing: nearer points would make slivers.
 * In the hem's rows the lattice fits the outline better.
 */
const OUTLINE_CLEARANCE = { hemRows: 0.4, elsewhere: 0.62 };
/** Times that inner points move to the mean of their neighbours. */
const RELAXATIONS = 4;

/**
 * Returns the mesh of a piece. `draft`: its closed outline, anticlockwise, with an edge `hem` that is level and is the
 * lowest; `counts`: segments on each edge; `spacing`: distance between neighbouring vertices, metres.
 */
export function meshPiece(draft: Draft, counts: SegmentCounts, spacing: number): Piece {
  const rowHeight = spacing * ROW_HEIGHT;
  const { points, edges } = sampleOutline(draft, counts, rowHeight);
  const outlineCount = points.length / 2;
  const [xMin, yMin, xMax, yMax] = bounds(points);
  const { hem } = edges;
  const hemStart = points[2 * hem[0]];
  const hemSpacing = (points[2 * hem[hem.length - 1]] - hemStart) / (hem.length - 1);
  const lattice: { row: number; x: number; y: number }[] = [];
  for (let row = 1; yMin + row * rowHeight < yMax; row++) {
    const y = yMin + row * rowHeight;
    const first = Math.floor((xMin - hemStart) / hemSpacing) - 1;
    const last = Math.ceil((xMax - hemStart) / hemSpacing) + 1;
    const clearance = row <= HEM_ROWS ? OUTLINE_CLEARANCE.hemRows : OUTLINE_CLEARANCE.elsewhere;
    for (let column = first; column <= last; column++) {
      const x = hemStart + (column + (row % 2) / 2) * hemSpacing;
      if (!insidePolygon(points, outlineCount, x, y)) continue;
      if (distanceToOutline(points, outlineCount, x, y) > clearance * spacing) lattice.push({ row, x, y });
    }
  }
  for (const { x, y } of lattice) points.push(x, y);
  const isFixed = lattice.map(({ row }) => row <= HEM_ROWS);
  let triangles = triangulate(points, outlineCount);
  for (let pass = 0; pass < RELAXATIONS; pass++) {
    relax(points, triangles, outlineCount, isFixed);
    triangles = triangulate(points, outlineCount);
  }
  return { points: Float64Array.from(points), triangles, edges };
}

/**
 * Moves inner points that are not fixed to the mean of their neighbours. `outlineCount`: number of the first inner
 * point; `isFixed`: for each inner point. Changes `points`.
 */
function relax(
  points: number[],
  triangles: readonly number[],
  outlineCount: number,
  isFixed: readonly boolean[],
): void {
  const sums = new Float64Array(points.length);
  const counts = new Float64Array(points.length / 2);
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k];
      const b = triangles[t + ((k + 1) % 3)];
      sums[2 * a] += points[2 * b];
      sums[2 * a + 1] += points[2 * b + 1];
      counts[a]++;
    }
  }
  for (let i = outlineCount; i < points.length / 2; i++) {
    if (isFixed[i - outlineCount] || counts[i] === 0) continue;
    points[2 * i] = sums[2 * i] / counts[i];
    points[2 * i + 1] = sums[2 * i + 1] / counts[i];
  }
}

/** Returns the box around points (x, y, x, y, …), metres. */
function bounds(points: readonly number[]): [xMin: number, yMin: number, xMax: number, yMax: number] {
  let xMin = Infinity;
  let yMin = Infinity;
  let xMax = -Infinity;
  let yMax = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    xMin = Math.min(xMin, points[i]);
    xMax = Math.max(xMax, points[i]);
    yMin = Math.min(yMin, points[i + 1]);
    yMax = Math.max(yMax, points[i + 1]);
  }
  return [xMin, yMin, xMax, yMax];
}

/** Returns the distance of (x, y) to the closed polygon of the first `count` points, metres. */
function distanceToOutline(points: readonly number[], count: number, x: number, y: number): number {
  let nearest = Infinity;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const ax = points[2 * j];
    const ay = points[2 * j + 1];
    const bx = points[2 * i] - ax;
    const by = points[2 * i + 1] - ay;
    const t = Math.min(1, Math.max(0, ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1)));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * bx, y - ay - t * by));
  }
  return nearest;
}

import type { Draft } from './pattern.ts';
import { type Polyline, pointsAlong, polylineLength } from './polyline.ts';

/** Number of segments on each edge of a piece, by the edge's name. Two edges that a seam joins have the same number. */
export type SegmentCounts = Record<string, number>;

/** Straight rows of triangles along a hem: the strip that is doubled when the hem is folded up. */
export const HEM_ROWS = 2;

/** Returns the number of segments of about `spacing` metres on each edge of a piece's outline (`draft`); at least 2. */
export function countSegments(draft: Draft, spacing: number): SegmentCounts {
  return Object.fromEntries(
    draft.map(({ name, line }) => [name, Math.max(2, Math.round(polylineLength(line) / spacing))]),
  );
}

/**
 * Divides the outline of a pattern piece (`draft`: named curves, metres) into segments. Returns its points in the
 * outline's direction (x, y, x, y, …, metres), every corner once, and for each edge the numbers of its points, both
 * ends included. `counts`: segments on each edge; `rowHeight`: metres between the straight rows at the hem. Elsewhere
 * the segments of an edge have equal lengths.
 */
export function sampleOutline(
  draft: Draft,
  counts: SegmentCounts,
  rowHeight: number,
): { points: Polyline; edges: Record<string, number[]> } {
  const points: Polyline = [];
  const starts: number[] = [];
  for (const { name, line, hemEnd } of draft) {
    starts.push(points.length / 2);
    const length = polylineLength(line);
    const count = counts[name];
    const hemHeight = HEM_ROWS * rowHeight;
    /** Distance of the k-th point from the hem, metres: `rowHeight` apart in the hem's rows, then evenly. */
    const distanceFromHem = (k: number): number =>
      k <= HEM_ROWS ? k * rowHeight : hemHeight + ((k - HEM_ROWS) / (count - HEM_ROWS)) * (length - hemHeight);
    const distances: number[] = [];
    for (let i = 0; i < count; i++) {
      if (hemEnd === 'start') distances.push(distanceFromHem(i));
      else if (hemEnd === 'end') distances.push(length - distanceFromHem(count - i));
      else distances.push((i / count) * length);
    }
    points.push(...pointsAlong(line, distances));
  }
  const total = points.length / 2;
  const edges: Record<string, number[]> = {};
  draft.forEach(({ name }, side) => {
    edges[name] = Array.from({ length: counts[name] + 1 }, (_, i) => (starts[side] + i) % total);
  });
  return { points, edges };
}

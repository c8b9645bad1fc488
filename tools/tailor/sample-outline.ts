import type { Draft } from './draft-tee.ts';
import { type Polyline, pointsAlong, polylineLength } from './polyline.ts';

/** Number of segments on each named side of a piece. Sides that are sewn together have the same number. */
export type SegmentCounts = Record<string, number>;

/** Rows of triangles along a hem that are kept straight, so that the hem folds along a strip of regular triangles. */
export const HEM_ROWS = 2;

/** Segments of about `spacing` metres for each side of an outline. */
export function countSegments(draft: Draft, spacing: number): SegmentCounts {
  return Object.fromEntries(
    draft.map(({ name, line }) => [name, Math.max(2, Math.round(polylineLength(line) / spacing))]),
  );
}

/**
 * Points along the outline of a piece (2 each, metres), every corner once, and for each named side their numbers, both
 * ends included. `rowHeight`: metres between the straight rows at the hem.
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
    /** Distance of the k-th point from the hem: the rows' own height first, then evenly. */
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

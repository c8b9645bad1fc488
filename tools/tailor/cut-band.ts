import type { Piece } from './mesh-piece.ts';

/** Rows of quads across a band. */
const ROWS = 2;

/**
 * Cuts a band: a flat strip, meshed, as long as the edges that it is sewn to and `width` metres wide. x runs along the
 * edges, y from the seam to the free edge.
 *
 * Vertices: three rows, each with one column for each vertex of the edges; the first is repeated at the end, where the
 * ring is closed. Edges: `sewn` (the row at the seam), `free` (the row farthest from it), `first` and `last` (columns,
 * which a seam joins).
 *
 * @param edges one after the other, each as numbers of vertices, and the points of its piece: 2 × vertices, metres.
 */
export function cutBand(edges: readonly { points: Float64Array; line: readonly number[] }[], width: number): Piece {
  /** Distance of each column from the start along the edges, metres. */
  const places: number[] = [0];
  for (const { points, line } of edges) {
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1];
      const b = line[i];
      places.push(
        places[places.length - 1] + Math.hypot(points[2 * a] - points[2 * b], points[2 * a + 1] - points[2 * b + 1]),
      );
    }
  }
  const columns = places.length;
  const points: number[] = [];
  const triangles: number[] = [];
  for (let row = 0; row <= ROWS; row++) for (const place of places) points.push(place, (row / ROWS) * width);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const a = row * columns + column;
      const b = a + 1;
      const d = a + columns;
      const e = d + 1;
      // Diagonals alternate, so that the rib stretches alike both ways.
      if ((row + column) % 2 === 0) triangles.push(a, b, e, a, e, d);
      else triangles.push(a, b, d, b, e, d);
    }
  }
  const verticesOfColumn = (column: number): number[] =>
    Array.from({ length: ROWS + 1 }, (_, row) => row * columns + column);
  const verticesOfRow = (row: number): number[] =>
    Array.from({ length: columns }, (_, column) => row * columns + column);
  return {
    points: Float64Array.from(points),
    triangles,
    edges: {
      sewn: verticesOfRow(0),
      free: verticesOfRow(ROWS),
      first: verticesOfColumn(0),
      last: verticesOfColumn(columns - 1),
    },
  };
}

import type { Piece } from './mesh-piece.ts';

/** Rows of quads across the rib. */
const ROWS = 2;

/**
 * The neck rib as a flat strip as long as the neckline, `width` metres wide. Its columns run from the left shoulder
 * round the front to the right shoulder and round the back; the last column is sewn to the first. Edges: `sewn` (to
 * the neckline), `free`, `first` and `last` (columns).
 */
export function cutRib(front: Piece, back: Piece, width: number): Piece {
  /** Place of each column along the neckline, metres. */
  const places: number[] = [0];
  for (const [piece, edge] of [
    [front, front.edges.neck],
    [back, [...back.edges.neck].reverse()],
  ] as const) {
    for (let i = 1; i < edge.length; i++) {
      const a = edge[i - 1];
      const b = edge[i];
      places.push(
        places[places.length - 1] +
          Math.hypot(piece.points[2 * a] - piece.points[2 * b], piece.points[2 * a + 1] - piece.points[2 * b + 1]),
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

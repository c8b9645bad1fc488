import type { Piece } from './mesh-piece.ts';

/** Rows of quads across the rib, the knitted band round the neck. */
const ROWS = 2;

/**
 * Cuts the neck rib: a flat strip, meshed, as long as the neckline of `front` and `back` (whole pattern pieces of one
 * size, metres, whose edge `neck` starts at the wearer's left) and `width` metres wide. x runs along the neckline from
 * the left shoulder round the front to the right shoulder and round the back, y from the neckline to the free edge.
 *
 * Vertices: three rows, each with one column for each vertex of the neckline; the first is repeated at the end, where
 * the ring is closed. Edges: `sewn` (the row at the neckline), `free` (the row farthest from it), `first` and `last`
 * (columns, which a seam joins).
 */
export function cutRib(front: Piece, back: Piece, width: number): Piece {
  /** Distance of each column from the left shoulder along the neckline, metres. */
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

import type { ClothSheet } from './connect-sheet.ts';

/** A flat mesh of squares, each of two triangles, for tests. */
export interface Grid {
  /** 3 × vertices, metres, row by row from the first corner; z = 0. */
  positions: Float64Array;
  /** 3 × triangles: vertices. */
  triangles: Uint32Array;
}

/**
 * Makes a grid of `columns` × `rows` squares with sides of `edgeMetres`. Its first vertex is at the origin, rows go
 * along +x, and each row is higher (+y) than the one before.
 */
export function makeGrid(columns: number, rows: number, edgeMetres: number): Grid {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column <= columns; column++) {
      positions.push(column * edgeMetres, row * edgeMetres, 0);
      if (row === rows || column === columns) continue;
      const a = row * (columns + 1) + column;
      triangles.push(a, a + 1, a + columns + 1, a + 1, a + columns + 2, a + columns + 1);
    }
  return { positions: Float64Array.from(positions), triangles: Uint32Array.from(triangles) };
}

/** Makes a sheet of cloth whose sides are at rest as long as they are in the grid. */
export function makeGridSheet({
  positions,
  triangles,
}: Pick<Grid, 'triangles'> & { positions: ArrayLike<number> }): ClothSheet {
  return {
    particleCount: positions.length / 3,
    triangles,
    restLengths: Float64Array.from(triangles, (a, k) => {
      const b = triangles[k % 3 === 2 ? k - 2 : k + 1];
      return Math.hypot(...[0, 1, 2].map((axis) => positions[3 * a + axis] - positions[3 * b + axis]));
    }),
    stiffness: new Float64Array(triangles.length / 3).fill(1),
  };
}

/** Edge of the grid cells within which triangles are compared, metres: about the longest edge of the mesh. */
const CELL_METRES = 0.03;

/**
 * Finds the pairs of triangles of a mesh that pass through each other. Returns their numbers, first the triangle of
 * which an edge pierces the second; two triangles that share a vertex are never a pair.
 *
 * 1. Put each triangle into the cells of a grid that its bounding box touches.
 * 2. Compare the triangles of each cell.
 */
export function findCrossings({
  positions,
  indices,
}: {
  /** 3 × vertices, metres. */
  positions: ArrayLike<number>;
  /** Three vertices for each triangle. */
  indices: ArrayLike<number>;
}): [number, number][] {
  const cells = new Map<string, number[]>();
  const count = indices.length / 3;
  const corner = (t: number, k: number, axis: number): number => positions[3 * indices[3 * t + k]! + axis]!;
  const [low, high] = [new Float64Array(3 * count), new Float64Array(3 * count)];
  for (let i = 0; i < 3 * count; i++) {
    const values = [0, 1, 2].map((k) => corner(Math.floor(i / 3), k, i % 3));
    low[i] = Math.min(...values);
    high[i] = Math.max(...values);
  }
  /** First and last cell of a triangle along an axis. */
  const cellRange = (t: number, axis: number): [number, number] => [
    Math.floor(low[3 * t + axis]! / CELL_METRES),
    Math.floor(high[3 * t + axis]! / CELL_METRES),
  ];
  const boxesAreApart = (a: number, b: number): boolean => {
    for (let axis = 0; axis < 3; axis++)
      if (low[3 * a + axis]! > high[3 * b + axis]! || low[3 * b + axis]! > high[3 * a + axis]!) return true;
    return false;
  };
  for (let t = 0; t < count; t++) {
    const [x, y, z] = [cellRange(t, 0), cellRange(t, 1), cellRange(t, 2)];
    for (let i = x[0]; i <= x[1]; i++)
      for (let j = y[0]; j <= y[1]; j++)
        for (let k = z[0]; k <= z[1]; k++) {
          const key = `${i},${j},${k}`;
          const cell = cells.get(key);
          if (cell) cell.push(t);
          else cells.set(key, [t]);
        }
  }
  const point = (t: number, k: number): number[] => [0, 1, 2].map((axis) => corner(t, k, axis));
  const shareVertex = (a: number, b: number): boolean =>
    [0, 1, 2].some((i) => [0, 1, 2].some((j) => indices[3 * a + i] === indices[3 * b + j]));
  const crossings = new Map<string, [number, number]>();
  for (const cell of cells.values()) {
    for (const a of cell)
      for (const b of cell) {
        if (a === b || boxesAreApart(a, b) || shareVertex(a, b) || crossings.has(`${a},${b}`)) continue;
        for (let k = 0; k < 3; k++) {
          if (pierces(point(a, k), point(a, (k + 1) % 3), point(b, 0), point(b, 1), point(b, 2)))
            crossings.set(`${a},${b}`, [a, b]);
        }
      }
  }
  return [...crossings.values()];
}

function subtract(a: number[], b: number[]): number[] {
  return a.map((c, i) => c - b[i]!);
}

/** Returns six times the signed volume of a tetrahedron. */
function volume(a: number[], b: number[], c: number[], d: number[]): number {
  const [p, q, r] = [subtract(b, a), subtract(c, a), subtract(d, a)];
  return (
    p[0]! * (q[1]! * r[2]! - q[2]! * r[1]!) +
    p[1]! * (q[2]! * r[0]! - q[0]! * r[2]!) +
    p[2]! * (q[0]! * r[1]! - q[1]! * r[0]!)
  );
}

/** Whether the segment from p to q passes through the inside of the triangle a, b, c. */
function pierces(p: number[], q: number[], a: number[], b: number[], c: number[]): boolean {
  if (volume(a, b, c, p) * volume(a, b, c, q) >= 0) return false;
  const sides = [volume(p, q, a, b), volume(p, q, b, c), volume(p, q, c, a)];
  return sides.every((s) => s > 0) || sides.every((s) => s < 0);
}

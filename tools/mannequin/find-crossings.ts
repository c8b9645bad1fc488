/** Side of the cells in which triangles look for each other, metres: about the longest edge. */
const CELL = 0.03;

/** Pairs of triangles of a mesh that pass through each other: an edge of the first pierces the second, and they share no vertex. */
export function findCrossings({
  positions,
  indices,
}: {
  positions: ArrayLike<number>;
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
  const range = (t: number, axis: number): [number, number] => [
    Math.floor(low[3 * t + axis]! / CELL),
    Math.floor(high[3 * t + axis]! / CELL),
  ];
  const apart = (a: number, b: number): boolean => {
    for (let axis = 0; axis < 3; axis++)
      if (low[3 * a + axis]! > high[3 * b + axis]! || low[3 * b + axis]! > high[3 * a + axis]!) return true;
    return false;
  };
  for (let t = 0; t < count; t++) {
    const [x, y, z] = [range(t, 0), range(t, 1), range(t, 2)];
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
  const shares = (a: number, b: number): boolean =>
    [0, 1, 2].some((i) => [0, 1, 2].some((j) => indices[3 * a + i] === indices[3 * b + j]));
  const found = new Map<string, [number, number]>();
  for (const cell of cells.values()) {
    for (const a of cell)
      for (const b of cell) {
        if (a === b || apart(a, b) || shares(a, b) || found.has(`${a},${b}`)) continue;
        for (let k = 0; k < 3; k++) {
          if (pierces(point(a, k), point(a, (k + 1) % 3), point(b, 0), point(b, 1), point(b, 2)))
            found.set(`${a},${b}`, [a, b]);
        }
      }
  }
  return [...found.values()];
}

function minus(a: number[], b: number[]): number[] {
  return a.map((c, i) => c - b[i]!);
}
/** Six times the signed volume of a tetrahedron. */
function volume(a: number[], b: number[], c: number[], d: number[]): number {
  const [p, q, r] = [minus(b, a), minus(c, a), minus(d, a)];
  return (
    p[0]! * (q[1]! * r[2]! - q[2]! * r[1]!) +
    p[1]! * (q[2]! * r[0]! - q[0]! * r[2]!) +
    p[2]! * (q[0]! * r[1]! - q[1]! * r[0]!)
  );
}

/** Whether the segment from p to q passes through the inside of a triangle. */
function pierces(p: number[], q: number[], a: number[], b: number[], c: number[]): boolean {
  if (volume(a, b, c, p) * volume(a, b, c, q) >= 0) return false;
  const sides = [volume(p, q, a, b), volume(p, q, b, c), volume(p, q, c, a)];
  return sides.every((s) => s > 0) || sides.every((s) => s < 0);
}

/**
 * The rules of `CollapsingMesh`, written down as plainly as possible: each question goes through all triangles. For
 * tests, which compare the fast mesh with it.
 *
 * @param positions 3 × vertices, metres.
 * @param all triangles: vertices.
 * @param metres edges shorter than this are collapsed.
 * @returns the triangles that remain, in their order.
 */
export function thinPlainly(positions: ArrayLike<number>, all: readonly number[][], metres: number): number[][] {
  const placeOf = (v: number): number[] => [0, 1, 2].map((k) => positions[3 * v + k]);
  const squareOf = (a: number, b: number): number =>
    placeOf(a).reduce((sum, value, k) => sum + (value - positions[3 * b + k]) ** 2, 0);
  const normalOf = (corners: number[]): number[] => {
    const [a, b, c] = corners.map(placeOf);
    const [u, v] = [b, c].map((corner) => corner.map((value, k) => value - a[k]));
    return [0, 1, 2].map((k) => u[(k + 1) % 3] * v[(k + 2) % 3] - u[(k + 2) % 3] * v[(k + 1) % 3]);
  };
  const dot = (p: number[], q: number[]): number => p.reduce((sum, value, k) => sum + value * q[k], 0);
  let triangles = all.map((corners) => [...corners]);
  const having = (...vertices: number[]): number[][] =>
    triangles.filter((corners) => vertices.every((v) => corners.includes(v)));
  const around = (v: number): number[] => [...new Set(having(v).flat())].filter((n) => n !== v);
  const isBorder = (v: number): boolean => around(v).some((n) => having(v, n).length !== 2);

  const canCollapse = (from: number, to: number): boolean => {
    const shared = having(from, to).length;
    if (shared === 0 || shared > 2) return false;
    // The edges at `to` must not become too long.
    if (around(from).some((n) => squareOf(n, to) > (1.6 * metres) ** 2)) return false;
    // A border vertex stays on the border.
    if (isBorder(from) && (shared === 2 || !isBorder(to))) return false;
    // The link condition.
    if (around(from).filter((n) => around(to).includes(n)).length !== shared) return false;
    return having(from)
      .filter((corners) => !corners.includes(to))
      .every((corners) => {
        const [before, after] = [corners, corners.map((v) => (v === from ? to : v))].map(normalOf);
        return dot(before, after) >= 0.2 * Math.sqrt(dot(before, before) * dot(after, after));
      });
  };
  const collapse = (from: number, to: number): boolean => {
    if (!canCollapse(from, to)) return false;
    triangles = triangles.filter((corners) => !corners.includes(from) || !corners.includes(to));
    for (const corners of having(from)) corners[corners.indexOf(from)] = to;
    return true;
  };

  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    // By its name, each edge once. One with a single triangle has the direction of the triangle.
    const edges = new Map<string, number[]>();
    for (const corners of triangles)
      corners.forEach((a, k) => {
        const b = corners[(k + 1) % 3];
        const ends = having(a, b).length === 1 || a < b ? [a, b] : [b, a];
        if (squareOf(a, b) < metres ** 2) edges.set(ends.join(), ends);
      });
    const sorted = [...edges.values()].sort(([a, b], [c, d]) => squareOf(a, b) - squareOf(c, d) || a - c || b - d);
    for (const [a, b] of sorted) hasChanged = collapse(b, a) || collapse(a, b) || hasChanged;
  }
  return triangles;
}

/**
 * Returns for each of `count` vertices a number that it shares with all vertices of its piece. A piece is what triangles
 * connect.
 *
 * @param triangles 3 × triangles: vertices.
 */
export function findPieces(triangles: ArrayLike<number>, count: number): Uint32Array {
  const roots = Uint32Array.from({ length: count }, (_, v) => v);
  const root = (v: number): number => {
    while (roots[v] !== v) v = roots[v] = roots[roots[v]];
    return v;
  };
  for (let t = 0; t < triangles.length; t += 3) {
    roots[root(triangles[t])] = root(triangles[t + 1]);
    roots[root(triangles[t + 1])] = root(triangles[t + 2]);
  }
  return roots.map((_, v) => root(v));
}

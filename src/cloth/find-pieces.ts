/**
 * Returns for each of `count` vertices a number that it shares with all vertices of its piece. A piece is what triangles
 * connect.
 *
 * @param triangles 3 × triangles: vertices.
 * @param representatives by vertex: the vertex that counts in its place; without it each counts itself.
 */
export function findPieces(
  triangles: ArrayLike<number>,
  count: number,
  representatives?: ArrayLike<number>,
): Uint32Array {
  const roots = new Uint32Array(count);
  for (let v = 0; v < count; v++) roots[v] = representatives ? representatives[v] : v;
  const root = (v: number): number => {
    while (roots[v] !== v) v = roots[v] = roots[roots[v]];
    return v;
  };
  for (let t = 0; t < triangles.length; t += 3) {
    const second = root(triangles[t + 1]);
    roots[root(triangles[t])] = second;
    roots[second] = root(triangles[t + 2]);
  }
  for (let v = 0; v < count; v++) roots[v] = root(v);
  return roots;
}

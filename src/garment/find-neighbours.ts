/** The neighbours of each vertex of a mesh: the vertices that an edge joins to it. */
export interface Neighbours {
  /**
   * Vertices + 1 values. The neighbours of vertex v are `neighbours[starts[v]]` to, but without,
   * `neighbours[starts[v + 1]]`, each once.
   */
  starts: Uint32Array;
  /** Indices of vertices. */
  neighbours: Uint32Array;
}

/**
 * Finds the neighbours of each vertex of a triangle mesh, in the order in which the triangles name them. Ignores an
 * edge from a vertex to itself.
 *
 * @param indices 3 × triangles: indices below `count`.
 * @param count Number of vertices.
 */
export function findNeighbours(indices: ArrayLike<number>, count: number): Neighbours {
  // Reserve space for both edges of each corner. Most edges belong to two triangles, so about half of it is used.
  const firsts = new Uint32Array(count + 1);
  for (let i = 0; i < indices.length; i++) firsts[indices[i] + 1] += 2;
  for (let v = 0; v < count; v++) firsts[v + 1] += firsts[v];
  const ends = firsts.slice(0, count);
  const found = new Uint32Array(firsts[count]);
  const add = (v: number, other: number): void => {
    if (other === v) return;
    for (let n = firsts[v]; n < ends[v]; n++) if (found[n] === other) return;
    found[ends[v]++] = other;
  };
  for (let t = 0; t < indices.length; t += 3) {
    const a = indices[t];
    const b = indices[t + 1];
    const c = indices[t + 2];
    add(a, b);
    add(a, c);
    add(b, c);
    add(b, a);
    add(c, a);
    add(c, b);
  }

  const starts = new Uint32Array(count + 1);
  for (let v = 0; v < count; v++) starts[v + 1] = starts[v] + ends[v] - firsts[v];
  const neighbours = new Uint32Array(starts[count]);
  for (let v = 0; v < count; v++) neighbours.set(found.subarray(firsts[v], ends[v]), starts[v]);
  return { starts, neighbours };
}

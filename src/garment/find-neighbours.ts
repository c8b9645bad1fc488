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
  // Each corner of a triangle names two neighbours of its vertex; most are named twice.
  const firsts = new Uint32Array(count + 1);
  for (let i = 0; i < indices.length; i++) firsts[indices[i] + 1] += 2;
  for (let v = 0; v < count; v++) firsts[v + 1] += firsts[v];
  const ends = firsts.slice(0, count);
  const named = new Uint32Array(firsts[count]);
  const add = (v: number, other: number): void => void (named[ends[v]++] = other);
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

  /** By vertex: 1 + the last vertex that has it as a neighbour. */
  const foundBy = new Uint32Array(count);
  const starts = new Uint32Array(count + 1);
  let found = 0;
  for (let v = 0; v < count; v++) {
    foundBy[v] = v + 1;
    for (let n = firsts[v]; n < firsts[v + 1]; n++) {
      const other = named[n];
      if (foundBy[other] === v + 1) continue;
      foundBy[other] = v + 1;
      // Never ahead of what is still to be read.
      named[found++] = other;
    }
    starts[v + 1] = found;
  }
  return { starts, neighbours: named.slice(0, found) };
}

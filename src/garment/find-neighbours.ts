/** Which vertices of a mesh an edge joins. */
export interface Neighbours {
  /** Neighbours of vertex v: `neighbours[starts[v]]` up to `neighbours[starts[v + 1]]`, each once. */
  starts: Uint32Array;
  neighbours: Uint32Array;
}

/** The neighbours of each of `count` vertices, from triangles. */
export function findNeighbours(indices: ArrayLike<number>, count: number): Neighbours {
  // Every edge both ways, sorted by vertex into one row; each comes about twice, once for each of its triangles.
  const degrees = new Uint32Array(count + 1);
  for (let i = 0; i < indices.length; i++) degrees[indices[i] + 1] += 2;
  for (let v = 0; v < count; v++) degrees[v + 1] += degrees[v];
  const ends = degrees.slice(0, count);
  const row = new Uint32Array(degrees[count]);
  for (let t = 0; t < indices.length; t += 3) {
    for (let e = 0; e < 3; e++) {
      const v = indices[t + e];
      for (const other of [indices[t + ((e + 1) % 3)], indices[t + ((e + 2) % 3)]]) {
        if (other !== v && !row.subarray(degrees[v], ends[v]).includes(other)) row[ends[v]++] = other;
      }
    }
  }

  const starts = new Uint32Array(count + 1);
  for (let v = 0; v < count; v++) starts[v + 1] = starts[v] + ends[v] - degrees[v];
  const neighbours = new Uint32Array(starts[count]);
  for (let v = 0; v < count; v++) neighbours.set(row.subarray(degrees[v], ends[v]), starts[v]);
  return { starts, neighbours };
}

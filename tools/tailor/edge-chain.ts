/** What `edgeChain` reads of a sewn garment. */
interface WithEdges {
  /** Vertices along each edge by its full name, `front.hem`. */
  edges: Readonly<Record<string, readonly number[]>>;
}

/**
 * Returns the vertices along edges of a pattern that follow each other, `front.neck` and `-back.neck` for instance; a
 * minus means from the edge's end to its start. Where two edges meet, the vertex of the first counts for both. Throws
 * for an unknown edge.
 */
export function edgeChain({ edges }: WithEdges, names: readonly string[]): number[] {
  return names.flatMap((name, n) => {
    const edge = edges[name.replace(/^-/, '')];
    if (!edge) throw new Error(`The pattern has no edge ${name}.`);
    const vertices = name.startsWith('-') ? [...edge].reverse() : edge;
    return n === 0 ? vertices : vertices.slice(1);
  });
}

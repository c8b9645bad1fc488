/** All parts' vertices and triangles in one row, as of one cloth. */
export interface JoinedParts {
  /** 3 × vertices. */
  positions: Float32Array;
  indices: Uint32Array;
  /** Number of the first vertex of each part in that row. */
  firsts: number[];
}

export function joinParts(
  parts: readonly { positions: Float32Array; indices: Uint16Array | Uint32Array }[],
): JoinedParts {
  const positions = new Float32Array(parts.reduce((sum, part) => sum + part.positions.length, 0));
  const indices = new Uint32Array(parts.reduce((sum, part) => sum + part.indices.length, 0));
  const firsts: number[] = [];
  let first = 0;
  let at = 0;
  for (const part of parts) {
    firsts.push(first);
    positions.set(part.positions, 3 * first);
    for (const i of part.indices) indices[at++] = first + i;
    first += part.positions.length / 3;
  }
  return { positions, indices, firsts };
}

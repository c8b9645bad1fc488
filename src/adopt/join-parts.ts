/** Several meshes as one: vertices and triangles in the order of the meshes. */
export interface JoinedParts {
  /** 3 × vertices. */
  positions: Float32Array;
  /** 3 × triangles: indices into these vertices. */
  indices: Uint32Array;
  /** By mesh: index of its first vertex. */
  firsts: number[];
}

/**
 * Concatenates meshes into new arrays. Does not weld vertices.
 *
 * @param parts Each with 3 × vertices (any unit) and 3 × triangles (indices into its own vertices).
 */
export function joinParts(
  parts: readonly { positions: Float32Array; indices: Uint16Array | Uint32Array }[],
): JoinedParts {
  const positions = new Float32Array(parts.reduce((sum, part) => sum + part.positions.length, 0));
  const indices = new Uint32Array(parts.reduce((sum, part) => sum + part.indices.length, 0));
  const firsts: number[] = [];
  let vertexCount = 0;
  let cornerCount = 0;
  for (const part of parts) {
    firsts.push(vertexCount);
    positions.set(part.positions, 3 * vertexCount);
    for (const i of part.indices) indices[cornerCount++] = vertexCount + i;
    vertexCount += part.positions.length / 3;
  }
  return { positions, indices, firsts };
}

/** The vertices and triangles of several meshes, one mesh after the other. */
export interface JoinedParts {
  /** 3 × vertices. */
  positions: Float32Array;
  /** 3 × triangles. */
  indices: Uint32Array;
  /** By mesh: number of its first vertex. */
  firsts: number[];
}

/** Joins meshes (3 × vertices, 3 × triangles each) into one. */
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

/**
 * Returns for each vertex the mean of its own vector and the vectors (3 × vertices) of the vertices that a triangle's
 * edge leads to.
 */
export function averageNeighbours(vectors: Float32Array, indices: ArrayLike<number>): Float32Array {
  const sums = vectors.slice();
  const counts = new Float32Array(vectors.length / 3).fill(1);
  for (let i = 0; i < indices.length; i++) {
    const vertex = indices[i];
    const neighbour = indices[i % 3 === 2 ? i - 2 : i + 1];
    counts[vertex]++;
    for (let k = 0; k < 3; k++) sums[3 * vertex + k] += vectors[3 * neighbour + k];
  }
  return sums.map((sum, i) => sum / counts[Math.floor(i / 3)]);
}

/** The particles around each particle of a mesh. */
interface Rings {
  /** 1 + particles: where those around each begin. */
  starts: Uint32Array;
  /** The particles around each, in the order in which they are reached; without the particle itself. */
  particles: Uint32Array;
}

/**
 * Finds the particles within a number of edges of each particle.
 *
 * @param triangles 3 × triangles: particles.
 */
export function findRings(triangles: ArrayLike<number>, particleCount: number, edges: number): Rings {
  const next = Array.from({ length: particleCount }, () => new Set<number>());
  for (let k = 0; k < triangles.length; k++) {
    const other = triangles[k % 3 === 2 ? k - 2 : k + 1];
    next[triangles[k]].add(other);
    next[other].add(triangles[k]);
  }
  const starts = new Uint32Array(particleCount + 1);
  const particles: number[] = [];
  for (let i = 0; i < particleCount; i++) {
    const reached = new Set([i]);
    let border: Iterable<number> = [i];
    for (let edge = 0; edge < edges; edge++) {
      const found = new Set<number>();
      for (const j of border) for (const n of next[j]) if (!reached.has(n)) found.add(n);
      for (const n of found) reached.add(n);
      border = found;
    }
    reached.delete(i);
    particles.push(...reached);
    starts[i + 1] = particles.length;
  }
  return { starts, particles: Uint32Array.from(particles) };
}

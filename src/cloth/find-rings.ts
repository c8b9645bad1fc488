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
  const next: number[][] = Array.from({ length: particleCount }, () => []);
  for (let k = 0; k < triangles.length; k++) {
    const a = triangles[k];
    const b = triangles[k % 3 === 2 ? k - 2 : k + 1];
    if (!next[a].includes(b)) next[a].push(b);
    if (!next[b].includes(a)) next[b].push(a);
  }
  const starts = new Uint32Array(particleCount + 1);
  const particles: number[] = [];
  /** By particle: the last one around which it was reached. */
  const reachedFrom = new Int32Array(particleCount).fill(-1);
  for (let i = 0; i < particleCount; i++) {
    reachedFrom[i] = i;
    const reach = (from: number): void => {
      for (const j of next[from]) {
        if (reachedFrom[j] === i) continue;
        reachedFrom[j] = i;
        particles.push(j);
      }
    };
    if (edges > 0) reach(i);
    for (let edge = 1, first = starts[i]; edge < edges; edge++) {
      const end = particles.length;
      for (; first < end; first++) reach(particles[first]);
    }
    starts[i + 1] = particles.length;
  }
  return { starts, particles: Uint32Array.from(particles) };
}

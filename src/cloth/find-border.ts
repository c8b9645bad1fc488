/** Returns the particles on a side that only one triangle has. */
export function findBorder(triangles: Uint32Array, count: number): number[] {
  const uses = new Map<number, number>();
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k];
      const b = triangles[t + ((k + 1) % 3)];
      const side = Math.min(a, b) * count + Math.max(a, b);
      uses.set(side, (uses.get(side) ?? 0) + 1);
    }
  const border = new Set<number>();
  for (const [side, times] of uses) if (times === 1) border.add(Math.floor(side / count)).add(side % count);
  return [...border];
}

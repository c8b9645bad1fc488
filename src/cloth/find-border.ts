import { NumberedSets } from './numbered-sets.ts';

/** Returns the particles on a side that only one triangle has. */
export function findBorder(triangles: Uint32Array): number[] {
  const sides = new NumberedSets(triangles.length);
  const numbers = new Uint32Array(triangles.length);
  const uses = new Uint32Array(triangles.length);
  for (let k = 0; k < triangles.length; k++) {
    numbers[k] = sides.numberOf(triangles[k], triangles[k % 3 === 2 ? k - 2 : k + 1]);
    uses[numbers[k]]++;
  }
  const border = new Set<number>();
  for (let k = 0; k < triangles.length; k++) {
    if (uses[numbers[k]] > 1) continue;
    const a = triangles[k];
    const b = triangles[k % 3 === 2 ? k - 2 : k + 1];
    border.add(Math.min(a, b)).add(Math.max(a, b));
  }
  return [...border];
}

import type { Piece } from './mesh-piece.ts';

/**
 * The whole piece from the half of it at x ≥ 0, cut on the fold at x = 0. Sides get the suffix `Left` (x > 0, the
 * wearer's left) or `Right`; hem and neck, which cross the fold, become one side each.
 */
export function unfoldPiece(half: Piece): Piece {
  const halfCount = half.points.length / 2;
  const onFold = new Set(half.edges.centre);
  /** The mirror image of each vertex of the half. */
  const mirrored = new Int32Array(halfCount);
  const points: number[] = [...half.points];
  for (let i = 0; i < halfCount; i++) {
    if (onFold.has(i)) {
      mirrored[i] = i;
      continue;
    }
    mirrored[i] = points.length / 2;
    points.push(-half.points[2 * i], half.points[2 * i + 1]);
  }
  const triangles = [...half.triangles];
  for (let t = 0; t < half.triangles.length; t += 3)
    triangles.push(mirrored[half.triangles[t]], mirrored[half.triangles[t + 2]], mirrored[half.triangles[t + 1]]);
  const edges: Record<string, number[]> = {};
  for (const [name, left] of Object.entries(half.edges)) {
    if (name === 'centre') continue;
    const right = left.map((i) => mirrored[i]);
    if (name === 'hem') edges.hem = [...right.slice(1).reverse(), ...left];
    else if (name === 'neck') edges.neck = [...left, ...right.slice(0, -1).reverse()];
    else {
      edges[`${name}Left`] = left;
      edges[`${name}Right`] = right;
    }
  }
  const twins = new Int32Array(points.length / 2);
  mirrored.forEach((twin, i) => {
    twins[i] = twin;
    twins[twin] = i;
  });
  return { points: Float64Array.from(points), triangles, edges, twins };
}

import type { Piece } from './mesh-piece.ts';

/**
 * Mirrors a half pattern piece at the centre line x = 0 and returns the whole piece, in metres like the half: points x
 * (to the wearer's left) and y (up).
 *
 * The half is at x ≥ 0, the wearer's left. Its edge `centre` holds all its vertices at x = 0.
 *
 * Vertices: first those of the half, then the mirror images of those off the centre line, in the same order.
 * Triangles: those of the half, then the mirrored ones; all are anticlockwise in the plane.
 * Edges: one that starts at the centre line goes on to the right, from right to left; one that ends there, from left to
 * right. Every other edge becomes two, with the suffix `Left` and `Right`, both in the order of the half; `centre` is
 * dropped.
 * `twins`: for each vertex its mirror image; a vertex on the centre line is its own.
 */
export function unfoldPiece(half: Piece): Piece {
  const halfCount = half.points.length / 2;
  const onCentreLine = new Set(half.edges.centre);
  /** For each vertex of the half: its mirror image, a vertex of the whole piece. */
  const mirrored = new Int32Array(halfCount);
  const points: number[] = [...half.points];
  for (let i = 0; i < halfCount; i++) {
    if (onCentreLine.has(i)) {
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
    if (onCentreLine.has(left[0])) edges[name] = [...right.slice(1).reverse(), ...left];
    else if (onCentreLine.has(left[left.length - 1])) edges[name] = [...left, ...right.slice(0, -1).reverse()];
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

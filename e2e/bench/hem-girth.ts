import { cut, type Outline } from '../../tools/mannequin/tape.ts';

/**
 * Height of the cut above the lowest point of the garment, metres: above the hem, which may hang 3 cm higher in front
 * than behind, and below the sleeves.
 */
const ABOVE_METRES = 0.06;

/** Returns the length of a closed outline, metres: a list of points x, z of the cut. */
function outlineLength(outline: Outline): number {
  return outline.reduce((sum, [x, z], i) => {
    const [nextX, nextZ] = outline[(i + 1) % outline.length];
    return sum + Math.hypot(nextX - x, nextZ - z);
  }, 0);
}

/**
 * Returns the girth of a garment's hem along its drape folds, centimetres: the length of the longest outline of a
 * horizontal cut. The mesh is in the rest pose, metres, +y up: x, y, z of each vertex, three vertices of each triangle.
 */
export function hemGirth(mesh: { positions: readonly number[]; indices: readonly number[] }): number {
  const lowest = mesh.positions.reduce((low, y, i) => (i % 3 === 1 ? Math.min(low, y) : low), Infinity);
  const plane = { normal: [0, 1, 0], offset: lowest + ABOVE_METRES, u: [1, 0, 0], v: [0, 0, 1] };
  return 100 * Math.max(...cut(mesh, plane).map(outlineLength));
}

import { cut, type Outline } from '../../tools/mannequin/tape.ts';

/** Height of the cut above the lowest point of the garment, metres: above the fold of the hem, below the rest. */
const ABOVE_METRES = 0.02;

/** Length of a closed outline, metres. */
function outlineLength(outline: Outline): number {
  return outline.reduce((sum, [x, z], i) => {
    const [nextX, nextZ] = outline[(i + 1) % outline.length];
    return sum + Math.hypot(nextX - x, nextZ - z);
  }, 0);
}

/**
 * Girth of a garment's hem along its folds, centimetres: the longest outline of a horizontal cut. The mesh is in rest
 * pose, metres.
 */
export function hemGirth(mesh: { positions: readonly number[]; indices: readonly number[] }): number {
  const lowest = mesh.positions.reduce((low, y, i) => (i % 3 === 1 ? Math.min(low, y) : low), Infinity);
  const plane = { normal: [0, 1, 0], offset: lowest + ABOVE_METRES, u: [1, 0, 0], v: [0, 0, 1] };
  return 100 * Math.max(...cut(mesh, plane).map(outlineLength));
}

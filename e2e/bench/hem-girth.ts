import { cut, type Outline } from '../../tools/mannequin/tape.ts';

/** Above the lowest point of the garment, metres: over the fold of the hem, under all else. */
const ABOVE_METRES = 0.02;

function around(outline: Outline): number {
  return outline.reduce((sum, [x, z], i) => {
    const [nextX, nextZ] = outline[(i + 1) % outline.length];
    return sum + Math.hypot(nextX - x, nextZ - z);
  }, 0);
}

/** Length of the cloth around the hem of a garment in rest pose, along its folds and on its outer side; centimetres. */
export function hemGirth(mesh: { positions: readonly number[]; indices: readonly number[] }): number {
  const lowest = mesh.positions.reduce((low, y, i) => (i % 3 === 1 ? Math.min(low, y) : low), Infinity);
  return 100 * Math.max(...cut(mesh, [0, 1, 0], lowest + ABOVE_METRES, [1, 0, 0], [0, 0, 1]).map(around));
}

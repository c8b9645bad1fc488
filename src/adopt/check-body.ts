import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';

/**
 * Side of the cells in which positions count as equal, metres: far above the rounding of an export, far below the
 * distance of cloth from the skin.
 */
const CELL_METRES = 5e-4;
/**
 * Share of the mannequin's vertices in a file that holds the mannequin. Rounding moves some over the edge of a cell; no
 * garment covers face, hands and feet with the skin itself.
 */
const SHARE = 0.8;

/**
 * Throws `FittingError` `garment-invalid` when the meshes of a garment file hold the skin of the mannequin, the body
 * model on which garments are modelled: it would be drawn over the shopper.
 *
 * @param parts The meshes; their positions are read, in the mannequin's rest pose, metres.
 * @param mannequin Its skin: 3 × vertices, rest pose, metres.
 */
export function checkBody(parts: readonly GarmentMesh[], { positions }: Mannequin): void {
  const cells = new Set(parts.flatMap((part) => cellsOf(part.positions)));
  const skin = cellsOf(positions);
  const found = skin.filter((cell) => cells.has(cell)).length;
  if (found > SHARE * skin.length)
    throw garmentInvalid('the file holds the mannequin itself', 'export the garment without the body');
}

/** Returns for each vertex a name of the cell that it lies in. */
function cellsOf(positions: Float32Array): string[] {
  return Array.from({ length: positions.length / 3 }, (_, i) =>
    [0, 1, 2].map((axis) => Math.round(positions[3 * i + axis] / CELL_METRES)).join(),
  );
}

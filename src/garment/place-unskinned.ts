import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { GarmentPart } from './garment.ts';
import type { FilePart } from './read-parts.ts';

export function placeUnskinned(parts: readonly FilePart[], _mannequin: Mannequin, _warnings: string[]): GarmentPart[] {
  if (parts.length > 0) throw new FittingError('garment-invalid', `mesh ${parts[0].name} has no skin; garments without bones are not supported yet`);
  return [];
}

import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import type { OutfitPiece } from '../../src/cloth/create-outfit.ts';
import { createGarmentFit } from '../../src/garment/create-garment-fit.ts';
import { loadGarment } from '../../src/garment/load-garment.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';

/**
 * Loads the garment (a GLB file) at `url` (absolute) as a piece of an outfit on `mannequin`, in its base size, with
 * arrays for its fitted vertices. If the file is not prepared (in the mannequin's rest pose, metres, with sizes and the
 * binding to its skin), it is converted first.
 */
export async function loadPiece(url: string, mannequin: Mannequin): Promise<OutfitPiece> {
  const garment = await loadGarment(url, {
    mannequin,
    adopt: (file) => prepareGarment(file, mannequin, { compress: false }),
  });
  return { garment, size: garment.manifest.baseSize, fit: createGarmentFit(garment) };
}

/**
 * Defines the browser globals that GLTFLoader needs, so that `loadPiece` runs in Node. Textures are blank there, since
 * nothing decodes pictures; meshes are the same as in a page.
 */
export function allowGarmentsInNode(): void {
  const createImageBitmap = async () => ({ width: 1, height: 1, close() {} });
  Object.assign(globalThis, { self: globalThis, createImageBitmap });
}

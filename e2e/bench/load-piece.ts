import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import { createGarmentFit } from '../../src/garment/create-garment-fit.ts';
import { loadGarment } from '../../src/garment/load-garment.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import type { OutfitPiece } from '../../src/session/create-outfit.ts';

/** Loads the garment at `url` (absolute), in its base size, for an outfit on `mannequin`. */
export async function loadPiece(url: string, mannequin: Mannequin): Promise<OutfitPiece> {
  const garment = await loadGarment(url, {
    mannequin,
    adopt: (file) => prepareGarment(file, mannequin, { compress: false }),
  });
  return { garment, size: garment.manifest.baseSize, fit: createGarmentFit(garment) };
}

/**
 * Lets `loadPiece` run in Node, where nothing decodes pictures: textures stay blank, shapes are as in a page. GLTFLoader
 * asks for `self`.
 */
export function allowGarmentsInNode(): void {
  const createImageBitmap = async () => ({ width: 1, height: 1, close() {} });
  Object.assign(globalThis, { self: globalThis, createImageBitmap });
}

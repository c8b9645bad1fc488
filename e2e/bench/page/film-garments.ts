// Program that draws the true pixels of a garment on the synthetic person and sends them to Node as a cache entry
// (`TrueMasks`): the stored result of a slow step. It imports garment code, which `film-clips` does not: a change of
// that code changes the key of masks alone.

import { wearGarments } from '../../../src/synthetic/wear-garments.ts';
import type { TrueMasks } from '../clip.ts';
import { FitPerson, type FitScene } from './fit-person.ts';
import { sendEntry } from './send-entry.ts';

/** What is drawn. */
export interface GarmentMaskOptions {
  /** Body, motion, and camera: pixels, frames a second, lens in degrees. */
  scene: FitScene;
  /** URL of the garment, a GLB file. */
  garment: string;
  /** Numbers of the scene's frames to draw, from 0. */
  frames: readonly number[];
}

/**
 * Dresses the person of a scene in the garment alone, draws the garment's mask in each of `frames`, and sends the masks
 * to Node as the cache entry `id`. The entry's array `mask-<frame>` holds one byte for each pixel of the scene's
 * `width` × `height`, rows from the top: 0 (no garment) to 255 (wholly garment). Pixels that an arm hides are 0.
 */
async function filmGarment(id: string, { scene, garment, frames }: GarmentMaskOptions): Promise<void> {
  const person = new FitPerson(scene, 'none', { garment, wear: wearGarments });
  await person.ready();
  const { width, height } = scene;
  const masks: TrueMasks = { value: { width, height, frames: [...frames] }, arrays: {} };
  for (const frame of frames) {
    const mask = person.truth(person.timeOf(frame), { garment: true }).garmentMasks?.[0];
    if (!mask) throw new Error(`the person wears no garment in frame ${frame}`);
    masks.arrays[`mask-${frame}`] = mask.data.slice();
  }
  person.close();
  await sendEntry(id, masks);
}

const garments = { filmGarment };
/** The function that the program adds to the page's `window.bench`, for `callPage`. */
export type GarmentFilm = typeof garments;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...garments } });

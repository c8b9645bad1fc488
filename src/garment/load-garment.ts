import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { checkGlb } from './check-glb.ts';
import { type FetchGarmentOptions, fetchGarment } from './fetch-garment.ts';
import type { Garment } from './garment.ts';
import { garmentInvalid, toGarmentInvalid } from './garment-invalid.ts';
import { parseGarment } from './parse-garment.ts';
import { garmentExtras, isPrepared } from './prepared-format.ts';
import { readGlb } from './read-glb.ts';

/** A prepared garment's file. */
export interface PreparedFile {
  /** The bytes of a GLB. */
  file: Uint8Array<ArrayBuffer>;
  /** Changes and guesses, one sentence each, for the merchandiser. */
  warnings: string[];
}

/** Options of `loadGarment`: those of the download (signal, progress in bytes), the mannequin and the adoption. */
export interface LoadGarmentOptions extends FetchGarmentOptions {
  /** The body model that the garment is bound to (rest pose, metres). */
  mannequin: Mannequin;
  /**
   * Converts a file that is not prepared into a prepared one. It is called for these files only, so it may import its
   * code on demand. Without it these files are refused.
   */
  adopt?: (file: Uint8Array<ArrayBuffer>, mannequin: Mannequin) => Promise<PreparedFile>;
}

/** The warning that each adopted file gets. */
export const PREPARE_HINT = 'adopted on this page: prepare the file once, and it loads faster (README, "Garments")';

/**
 * Fetches a garment's GLB and returns the garment, bound to the mannequin. The caller disposes of it.
 *
 * 1. Downloads the file.
 * 2. If it is prepared (it holds its manifest and its binding to the mannequin), checks it; else converts it by
 *    `adopt`.
 * 3. Reads meshes, materials, manifest and binding (`parseGarment`).
 *
 * Rejects with `FittingError` `garment-unreachable` (names the URL) or `garment-invalid` (names URL, fault and remedy),
 * and with the signal's reason when aborted.
 *
 * @param url Absolute, or relative to the page.
 */
export async function loadGarment(
  url: string,
  { mannequin, adopt, signal, pulse, onProgress }: LoadGarmentOptions,
): Promise<Garment> {
  try {
    let glb = readGlb(await fetchGarment(url, { signal, pulse, onProgress }));
    const warnings: string[] = [];
    if (isPrepared(garmentExtras(glb.json))) warnings.push(...checkGlb(glb).warnings);
    else {
      if (!adopt) throw garmentInvalid('the garment is not prepared', 'prepare it first (README, "Garments")');
      const adopted = await adopt(glb.file, mannequin);
      signal?.throwIfAborted();
      warnings.push(...adopted.warnings, PREPARE_HINT);
      glb = readGlb(adopted.file);
    }
    return await parseGarment(glb, { url, mannequin, warnings, signal });
  } catch (error) {
    signal?.throwIfAborted();
    const reason = toGarmentInvalid(error);
    if (reason.code !== 'garment-invalid') throw reason;
    throw new FittingError('garment-invalid', `${url}: ${reason.message}`, { cause: error });
  }
}

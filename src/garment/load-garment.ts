import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { checkGlb } from './check-glb.ts';
import { type FetchGarmentOptions, fetchGarment } from './fetch-garment.ts';
import type { Garment } from './garment.ts';
import { garmentInvalid, toGarmentInvalid } from './garment-invalid.ts';
import { parseGarment } from './parse-garment.ts';
import { garmentExtras, isPrepared } from './prepared-format.ts';
import { readGlb } from './read-glb.ts';

/** A prepared garment's file, with warnings for the merchandiser about what was changed or guessed. */
export interface PreparedFile {
  file: Uint8Array<ArrayBuffer>;
  warnings: string[];
}

export interface LoadGarmentOptions extends FetchGarmentOptions {
  mannequin: Mannequin;
  /**
   * Makes a prepared file of a file that is not prepared. Called for those files only, so that its code can be loaded
   * then. Without it they are refused.
   */
  adopt?: (file: Uint8Array<ArrayBuffer>, mannequin: Mannequin) => Promise<PreparedFile>;
}

/** The warning for each file that was adopted. */
export const PREPARE_HINT = 'adopted on this page: prepare the file once, and it loads faster (README, "Garments")';

/**
 * Fetches a garment (GLB) and reads it. A file that is not prepared is adopted first. The caller disposes of the
 * result. Rejects with `FittingError` `garment-unreachable` (naming the URL) or `garment-invalid` (naming URL, fault
 * and remedy), and with the signal's reason when aborted.
 */
export async function loadGarment(
  url: string,
  { mannequin, adopt, signal, onProgress }: LoadGarmentOptions,
): Promise<Garment> {
  try {
    let glb = readGlb(await fetchGarment(url, { signal, onProgress }));
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

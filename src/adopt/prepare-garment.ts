import { checkGlb } from '../garment/check-glb.ts';
import { dropUnused } from '../garment/drop-unused.ts';
import type { GarmentManifest } from '../garment/garment.ts';
import type { PreparedFile } from '../garment/load-garment.ts';
import { garmentExtras, isPrepared } from '../garment/prepared-format.ts';
import { readGlb } from '../garment/read-glb.ts';
import { readManifest } from '../garment/read-manifest.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { bindCloth } from './bind-cloth.ts';
import { checkPlacement } from './check-placement.ts';
import { guessManifest } from './guess-manifest.ts';
import { readDocument } from './read-document.ts';
import { readFileParts } from './read-file-parts.ts';
import { type SettledParts, settleParts } from './settle-parts.ts';
import { writePrepared } from './write-prepared.ts';

export interface PrepareOptions {
  /** Whether to compress the geometry, without loss (default true). Of no use for a file that is read at once. */
  compress?: boolean;
}

/**
 * Makes a prepared garment (GLB, see `prepared-format.ts`), which the room wears without further changes, from a GLB by
 * any maker. Runs in Node and in the browser, where the page runs in between. Returns a prepared file unchanged.
 *
 * 1. Checks the file and reads its meshes in the file's rest pose.
 * 2. Brings them onto the mannequin: bones, unit, direction, body.
 * 3. Completes the manifest.
 * 4. Binds the cloth to the mannequin's skin.
 * 5. Writes all of it as a GLB, with the file's own materials and pictures.
 *
 * Rejects with `FittingError` `garment-invalid`, which names fault and remedy, or with an error of glTF-Transform.
 *
 * @example
 * const { file, warnings } = await prepareGarment(await readFile('coat.glb'), mannequin);
 */
export async function prepareGarment(
  file: Uint8Array<ArrayBuffer>,
  mannequin: Mannequin,
  { compress = true }: PrepareOptions = {},
): Promise<PreparedFile> {
  const glb = readGlb(file);
  const declared = garmentExtras(glb.json);
  const { warnings } = checkGlb(glb);
  if (isPrepared(declared)) return { file, warnings };
  dropUnused(glb.json);
  const document = await readDocument(glb);
  await yieldToEventLoop();
  const { parts, primitives, rig } = await readFileParts(document);
  const settled = await settleParts({ parts, rig }, mannequin, warnings);
  checkPlacement(settled.parts, mannequin);
  const manifest = declared === undefined ? await guessFrom(settled, mannequin, warnings) : readManifest(declared);
  const { parts: meshes, madeOn } = settled;
  const bound = await bindCloth(meshes, manifest.kind, { mannequin, madeOn });
  return {
    file: await writePrepared(document, { meshes, primitives, manifest, madeOn, bound, mannequin }, compress),
    warnings,
  };
}

/** Guesses the manifest of a file that has none, on the body that the garment was made on. */
function guessFrom(
  { parts, madeOn }: SettledParts,
  mannequin: Mannequin,
  warnings: string[],
): Promise<GarmentManifest> {
  warnings.push('no extras.garment: kind and sizes are guessed');
  const wearer = madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)) : mannequin;
  return guessManifest(parts, wearer.joints);
}

import { checkGlb } from '../garment/check-glb.ts';
import { dropUnused } from '../garment/drop-unused.ts';
import type { GarmentManifest } from '../garment/garment.ts';
import type { PreparedFile } from '../garment/load-garment.ts';
import { garmentExtras, isPrepared, readMadeOn } from '../garment/prepared-format.ts';
import { readGlb } from '../garment/read-glb.ts';
import { readManifest } from '../garment/read-manifest.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { bindCloth } from './bind-cloth.ts';
import { checkBody } from './check-body.ts';
import { checkPlacement } from './check-placement.ts';
import { convertSpecularGlossiness } from './convert-specular-glossiness.ts';
import { embedFiles } from './embed-files.ts';
import { findBones } from './find-bones.ts';
import { guessManifest } from './guess-manifest.ts';
import { keepCloth } from './keep-cloth.ts';
import { readDocument } from './read-document.ts';
import { readFileParts } from './read-file-parts.ts';
import { type SettledParts, settleParts } from './settle-parts.ts';
import { writePrepared } from './write-prepared.ts';

/** Options of `prepareGarment`. */
export interface PrepareOptions {
  /** Whether to compress the geometry, without loss (default true). Pass false for a file that is read right away. */
  compress?: boolean;
  /**
   * Resolves to the bytes of a file of the room, by its path in the room's folder (`assets`). Called for files that
   * are compressed with Draco, for its decoder; without it they are refused.
   */
  readAsset?: (path: string) => Promise<ArrayBuffer>;
  /**
   * Resolves to the bytes of a file beside the garment's (its pictures, its data), by the relative path that the garment
   * names. Without it a garment in several files is refused.
   */
  readBeside?: (path: string) => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Morph weights (MORPH_COUNT) of the body that the garment was modelled on, if they are known: its file then has the
   * mannequin's bones, in metres, on the joints of that body. Without them the body is guessed.
   */
  madeOn?: Float32Array;
}

/**
 * Converts a GLB of any maker into a prepared garment: a GLB in metres in the rest pose of the mannequin (the body
 * model), with a complete manifest (kind, layer, sizes, fabric) and the binding to the mannequin (distances from its
 * skin, shares of its joints) in its vertex attributes. `loadGarment` reads it without further changes. Runs in Node
 * and in the browser, where the page gets time to draw between slices of the work.
 *
 * 1. Checks the file. Returns it unchanged if it is prepared already, for this mannequin.
 * 2. Reads its meshes in the file's rest pose, and keeps those that are the garment.
 * 3. Moves them onto the mannequin: finds bones, unit and direction, and guesses the body that they were modelled on.
 * 4. Reads the manifest, or guesses it if the file has none.
 * 5. Binds the cloth to the mannequin's skin.
 * 6. Writes meshes, manifest and binding as a GLB, with the file's own materials and pictures.
 *
 * Rejects with `FittingError` `garment-invalid`, which names fault and remedy, or with an error of glTF-Transform.
 *
 * @param file The bytes of the GLB (at most 64 MB). Not changed.
 * @param mannequin The body that the garment is bound to (rest pose, metres).
 * @returns The prepared GLB, and a warning for the merchandiser for each thing that was changed or guessed.
 *
 * @example
 * const { file, warnings } = await prepareGarment(await readFile('coat.glb'), mannequin);
 */
export async function prepareGarment(
  file: Uint8Array<ArrayBuffer>,
  mannequin: Mannequin,
  { compress = true, readAsset, readBeside, madeOn: known }: PrepareOptions = {},
): Promise<PreparedFile> {
  const glb = await embedFiles(readGlb(file), readBeside);
  const declared = garmentExtras(glb.json);
  const { warnings } = checkGlb(glb);
  if (isPrepared(declared)) {
    // Throws if the file was prepared for another mannequin.
    readMadeOn(declared, mannequin);
    return { file, warnings };
  }
  warnings.push(...dropUnused(glb.json));
  const document = await readDocument(glb, readAsset);
  warnings.push(...convertSpecularGlossiness(document));
  await yieldToEventLoop();
  const read = await readFileParts(document);
  const { parts, primitives, rig } = keepCloth(read, findBones(read.rig), warnings);
  const settled = await settleParts({ parts, rig }, mannequin, warnings, { madeOn: known });
  checkPlacement(settled.parts, mannequin);
  checkBody(settled.parts, mannequin);
  const manifest = declared === undefined ? await guessFrom(settled, mannequin, warnings) : readManifest(declared);
  const { parts: meshes, madeOn } = settled;
  const bound = await bindCloth(meshes, manifest.kind, { mannequin, madeOn });
  return {
    file: await writePrepared(document, { meshes, primitives, manifest, madeOn, bound, mannequin }, compress),
    warnings,
  };
}

/** Guesses the manifest of a file that has none, from the garment on the body that it was modelled on. */
function guessFrom(
  { parts, madeOn }: SettledParts,
  mannequin: Mannequin,
  warnings: string[],
): Promise<GarmentManifest> {
  warnings.push('no extras.garment: kind and sizes are guessed');
  const wearer = madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)) : mannequin;
  return guessManifest(parts, wearer.joints);
}

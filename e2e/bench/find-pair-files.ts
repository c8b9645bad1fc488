import { readdir } from 'node:fs/promises';
import type { PairFiles } from './page/film-pair.ts';

/**
 * Reads the names of the masks in a folder, `<outfit>-<frame>.png`. Returns the outfits (without `person`, whose mask
 * stands beside them) and the numbers of the frames.
 */
async function readMaskNames(folder: string): Promise<{ outfits: string[]; frames: number[] }> {
  const names = (await readdir(folder)).map((name) => /^(.*)-(\d+)\.png$/.exec(name)).filter((match) => match !== null);
  return {
    outfits: [...new Set(names.map(([, outfit]) => outfit))].filter((outfit) => outfit !== 'person'),
    frames: [...new Set(names.map(([, , frame]) => Number(frame)))].toSorted((a, b) => a - b),
  };
}

/**
 * Finds the files of a pair, one person filmed twice in one motion, by the names of its masks. `folder`: of all pairs,
 * which the bench's server sends at `/pairs/`; `name`: of the pair.
 */
export async function findPairFiles(folder: string, name: string): Promise<PairFiles> {
  const [worn, own] = await Promise.all(
    ['masks', 'own-masks'].map((masks) => readMaskNames(`${folder}/${name}/${masks}`)),
  );
  if (worn.outfits.length !== 1 || own.outfits.length !== 1)
    throw new Error(
      `${name}: one garment and one outfit of own clothes are judged, not ${worn.outfits}, ${own.outfits}`,
    );
  return { folder: `/pairs/${name}`, garment: worn.outfits[0], ownClothes: own.outfits[0], frames: worn.frames };
}

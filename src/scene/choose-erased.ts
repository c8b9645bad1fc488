import type { Garment, WornGarment } from '../garment/garment.ts';
import type { BodyRegion } from '../mannequin/regions.ts';
import { regions } from '../mannequin/regions.ts';

/** Which of the shopper's own clothes the worn garments replace. */
export interface ErasedClothes {
  /** Own upper clothes: a worn garment covers the trunk. */
  upper: boolean;
  /** Own lower clothes: a worn garment covers hips and legs. */
  lower: boolean;
  /**
   * Whether own upper clothes go on the trunk too. A jacket alone may be open in front, and the shirt under it is worn.
   */
  trunk: boolean;
  /** Whether worn garments cover the arms, and the legs, down to wrists and ankles. */
  arms: boolean;
  legs: boolean;
}

/** Share of a garment's vertices that moves with the trunk, from which it covers the trunk. */
const TRUNK_SHARE = 0.12;
/** The same for the legs, of an outfit: shorts beside a finely meshed shirt have few vertices. */
const LEG_SHARE = 0.06;

/** The same for forearms and calves, from which a garment covers arms and legs to their ends. */
const END_SHARE = 0.06;

/** Shares of a garment's vertices that move with the trunk, with the legs, with the forearms and with the calves. */
interface Cover {
  trunk: number;
  legs: number;
  forearms: number;
  calves: number;
}

const trunkRegions: readonly BodyRegion[] = ['trunk', 'clavicle'];
const legRegions: readonly BodyRegion[] = ['thigh', 'calf'];

/** Computes the cover of a garment from its skin weights. */
export function coverOf({ parts }: Pick<Garment, 'parts'>): Cover {
  const cover: Cover = { trunk: 0, legs: 0, forearms: 0, calves: 0 };
  let vertices = 0;
  for (const { skinIndices, skinWeights } of parts) {
    vertices += skinIndices.length / 4;
    for (let k = 0; k < skinIndices.length; k++) {
      const { region } = regions[skinIndices[k]];
      if (trunkRegions.includes(region)) cover.trunk += skinWeights[k];
      else if (legRegions.includes(region)) cover.legs += skinWeights[k];
      if (region === 'forearm') cover.forearms += skinWeights[k];
      if (region === 'calf') cover.calves += skinWeights[k];
    }
  }
  const name = Object.keys(cover) as (keyof Cover)[];
  for (const key of name) cover[key] /= Math.max(1, vertices);
  return cover;
}

/**
 * Writes which own clothes the worn garments replace. A top or a jacket leaves the lower clothes, as long as it may be;
 * trousers and skirts leave the upper ones, though they begin at the waist.
 *
 * @param coverOfWorn the cover of a worn garment (`coverOf`).
 */
export function chooseErased(
  worn: readonly WornGarment[],
  coverOfWorn: (garment: Garment) => Cover,
  target: ErasedClothes,
): ErasedClothes {
  target.upper = target.lower = target.trunk = target.arms = target.legs = false;
  for (const { garment } of worn) {
    const { kind } = garment.manifest;
    const { trunk, legs, forearms, calves } = coverOfWorn(garment);
    target.arms ||= forearms >= END_SHARE;
    target.legs ||= calves >= END_SHARE;
    if (kind !== 'bottom' && kind !== 'skirt' && trunk >= TRUNK_SHARE) {
      target.upper = true;
      target.trunk ||= kind !== 'outer';
    }
    if (kind !== 'top' && kind !== 'outer' && (legs >= LEG_SHARE || kind !== 'outfit')) target.lower = true;
  }
  return target;
}

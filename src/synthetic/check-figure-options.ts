import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { clothesNames } from './dress-person.ts';
import type { FigureOptions } from './figure.ts';
import type { FigureGarment } from './garment-layer.ts';
import { motions } from './motions.ts';
import { isSkin, skinNames } from './person-colors.ts';

/**
 * Throws for a figure that cannot be made, and says what can be: `TypeError` for garments of a wrong form, `RangeError`
 * for unknown names and values out of range. An unknown preset is found later, with the mannequin's file
 * (`shapeFigure`).
 */
export function checkFigureOptions({
  motion = 'sway',
  shape,
  clothes = 'everyday',
  skin,
  garments = [],
  swayMetres = 0,
}: FigureOptions): void {
  if (!clothesNames.includes(clothes))
    throw new RangeError(`No clothes "${clothes}": use one of ${clothesNames.join(', ')}.`);
  if (skin !== undefined && !isSkin(skin))
    throw new RangeError(`No skin "${skin}": use one of ${skinNames.join(', ')}, or a CSS colour.`);
  if (!(swayMetres >= 0 && swayMetres < 1))
    throw new RangeError(`MannequinSource: swayMetres must be at least 0 and less than 1, not ${swayMetres}.`);
  if (!Array.isArray(garments))
    throw new TypeError('MannequinSource: garments must be an array of { src, size, color }.');
  for (const garment of garments as unknown[]) {
    const src = (garment as FigureGarment | null)?.src;
    if (typeof src !== 'string' || src === '')
      throw new TypeError('MannequinSource: each of the garments needs a src, the URL of a GLB.');
  }
  if (typeof motion !== 'function' && !Object.hasOwn(motions, motion))
    throw new RangeError(`No motion "${motion}": use one of ${Object.keys(motions).join(', ')}.`);
  if (typeof shape === 'object' && shape.length !== MORPH_COUNT)
    throw new RangeError(`MannequinSource: a shape needs ${MORPH_COUNT} weights, not ${shape.length}.`);
}

import { MORPH_COUNT, morphNames } from '../mannequin/mannequin.ts';
import { clothesNames } from './dress-person.ts';
import type { FigureOptions } from './figure.ts';
import type { FigureGarment } from './garment-layer.ts';
import { motions } from './motions.ts';
import { isSkin, skinNames } from './person-colors.ts';

/**
 * Checks the options of one figure, a dressed mannequin, and throws for the first wrong value. The error's message
 * lists the allowed values.
 *
 * - `motion`: a function, or the name of a built-in motion: `stand`, `sway`, `turn`, `arms`, `arms-crossed`, `step-in`,
 *   `pass`, `walk` or `squat`. Default `sway`.
 * - `shape`: a list of MORPH_COUNT morph weights, finite numbers of any size; `random`; or the name of a preset, a list
 *   of weights that is stored in the mannequin's file (`female-50`). `shapeFigure` checks the name when that file is
 *   loaded; here only a list is checked.
 * - `clothes`: `everyday`, `none`, `tight` or `loose`. Default `everyday`.
 * - `skin`: `light`, `medium`, `dark` or a CSS colour. Default: the skin that `seed` selects.
 * - `swayMetres`: how far the standing body sways over the floor, root mean square along each horizontal axis, metres:
 *   0 or more and less than 1. Default 0.
 * - `garments`: an array of { src, size, color } in which `src` is a non-empty string, the URL of a GLB. `size` and
 *   `color` are checked when the garment is loaded. Default: no garments.
 *
 * @throws TypeError if `garments` is not an array or one of them has no `src`.
 * @throws RangeError for any other wrong value.
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
  if (shape !== undefined && typeof shape !== 'string') checkWeights(shape);
}

/** Throws `RangeError` unless `weights` is a list of MORPH_COUNT finite numbers. */
function checkWeights(weights: ArrayLike<number>): void {
  const { length } = weights;
  if (length !== MORPH_COUNT)
    throw new RangeError(
      `MannequinSource: a shape is a name or a list of ${MORPH_COUNT} morph weights, not ${length ?? weights} weights.`,
    );
  const wrong = Array.from(weights).findIndex((weight) => !Number.isFinite(weight));
  if (wrong >= 0)
    throw new RangeError(
      `MannequinSource: morph weights are finite numbers, but ${morphNames[wrong]}, number ${wrong}, is ${weights[wrong]}.`,
    );
}

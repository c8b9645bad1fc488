import type { GarmentManifest } from '../garment/garment.ts';
import type { ClothOptions } from './cloth.ts';

/** Tension at which a fabric is stretched as far as its manifest says, N for each metre of width. */
const FULL_STRETCH_TENSION = 60;
/** Smallest stretch that is simulated, per cent: a woven fabric still gives a little on the bias. */
const MIN_STRETCH_PERCENT = 5;
/**
 * Bending stiffness of single jersey of `JERSEY_WEIGHT`, N·m: twice what Kawabata's test measures. With that alone
 * cloth buckles in folds as fine as the mesh, in its pattern; finer folds are the shader's.
 */
const JERSEY_BEND = 2e-5;
const JERSEY_WEIGHT = 0.16;
/**
 * Cloth that is pushed together in its plane buckles long before its threads are; the mesh takes up a little of that in
 * its triangles, or the cloth over a raised arm's shoulder crumples. If it took up all, large sizes would be narrower
 * than their cloth (`npm run bench -- cloth`: S to XXL).
 */
const PULL_TO_PUSH = 12;
/**
 * Share by which cloth is longer than a file models it where the body's pose pulls it. A tailor cuts a sleeve so that the
 * arm can be raised from an A to above the shoulder, which makes the way from sleeve to waist this much longer; a model in
 * one pose shows none of that cloth, which lies in folds finer than its vertices. A flat pattern has it.
 */
const EASE_SHARE = 0.6;
/**
 * Share by which cloth of known cut gives way without force where the body's pose pulls it: the loops of a knit turn first.
 * Beyond it the tension grows as `FULL_STRETCH_TENSION` says.
 */
const FREE_SHARE = 0.1;
/** Lightest and heaviest cloth that is simulated, kg/m²: organza and felt. */
const WEIGHTS = { min: 0.05, max: 1 };

/**
 * Returns the material of the simulated cloth for a fabric of the manifest. A heavier fabric is stiffer, by the square
 * of its weight: its threads are thicker. Where a pose pulls it, it gives way without force at first: by `FREE_SHARE`.
 *
 * @param isCut whether the lengths of the cloth are those of a flat pattern. If not, it gives way by all of its stretch, and
 * by `EASE_SHARE` too.
 */
export function clothMaterial({ stretch, weight }: GarmentManifest['fabric'], isCut = true): ClothOptions {
  const percent = Math.max(MIN_STRETCH_PERCENT, stretch);
  const kilograms = Math.min(WEIGHTS.max, Math.max(WEIGHTS.min, weight / 1000));
  return {
    weight: kilograms,
    stretch: (FULL_STRETCH_TENSION * 100) / percent,
    pullToPush: PULL_TO_PUSH,
    bend: JERSEY_BEND * (kilograms / JERSEY_WEIGHT) ** 2,
    give: isCut ? Math.min(FREE_SHARE, percent / 100) : percent / 100 + EASE_SHARE,
  };
}

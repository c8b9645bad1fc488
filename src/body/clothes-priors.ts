import type { ClothesPrior } from './shape-component.ts';

/**
 * How far below their sites landmarks of hips and knees are found under fitted clothes, metres: mean and standard
 * deviation. Women's hips are found at their sites or a little above; those of men in shirt and trousers 1 to 5 cm below.
 * Where the picture ends below the knees, women's are found up to 3 cm below, men's up to 8 cm; else at their sites.
 */
const LOW_IN_FITTED = {
  female: { hips: { mean: 0, deviation: 0.001 }, knees: { mean: 0, deviation: 0.012 } },
  male: { hips: { mean: 0.008, deviation: 0.012 }, knees: { mean: 0.006, deviation: 0.012 } },
} as const;
/**
 * The same under loose clothes: on rendered people in a wide top and trousers hips are found 7 to 9 cm below, by the
 * top's hem, and knees 4 to 6 cm. The deviations also allow for clothes that do not deceive the tracker.
 */
const LOW_IN_LOOSE = { hips: { mean: 0.065, deviation: 0.035 }, knees: { mean: 0.05, deviation: 0.03 } } as const;

/**
 * Returns the kinds of clothes of one sex: fitted clothes, which show the body, and two kinds that hide it, a wide top
 * that hangs straight down and thick clothes that follow the body. The mixture decides by all that is seen. Without the
 * last two a shirt 13 cm wider than the waist made the waist's girth 20 cm too large.
 *
 * The first six means and deviations, metres of breadth, are of the cloth over chest, waist, seat, both thighs, arms and
 * legs. Where it bounds the outline, fitted cloth lies on the skin: a jersey is 1.5 mm thick; over the seat a hem and
 * trousers lie on each other. With twice as much, dressed and undressed people were found too thin. Tailors call a top
 * fitted with up to 10 cm of ease in its girth, loose with 13 to 20 cm, very loose beyond: up to 40 cm. A flat fold
 * turns 2 cm of girth into 1 cm of breadth, a round one π cm. A straight top hangs from the armpits, so its first three
 * values are by how much it is broader than the body at the armpits. Its girth is the same everywhere, but the less
 * deep the body is under it, the flatter it hangs and the broader it is: 3 cm at the chest, 6 at the waist, 9 at the
 * hem, on simulated cloth over random bodies. Thighs are under its hem. A loose pattern is wide everywhere, so sleeves
 * and legs, 2 to 5 cm wider than limbs, tell of the trunk. Where loose cloth folds, its breadth differs by 3 mm from
 * one level to the next, beside what the form of the trunk's morphs can show. With twice as much, loose clothes were
 * seldom believed.
 */
export function clothesPriors(sex: 'female' | 'male'): readonly ClothesPrior[] {
  const low = LOW_IN_FITTED[sex];
  return [
    {
      share: 0.7,
      means: [0.003, 0.003, 0.006, 0.006, 0.003, 0.003, low.hips.mean, low.knees.mean],
      deviations: [0.01, 0.01, 0.01, 0.01, 0.008, 0.01, low.hips.deviation, low.knees.deviation],
      correlation: 0.5,
      unevenness: 0,
      isStraight: false,
    },
    {
      share: 0.2,
      means: [0.035, 0.06, 0.085, 0.08, 0.04, 0.045, LOW_IN_LOOSE.hips.mean, LOW_IN_LOOSE.knees.mean],
      deviations: [0.03, 0.02, 0.025, 0.03, 0.015, 0.0175, LOW_IN_LOOSE.hips.deviation, LOW_IN_LOOSE.knees.deviation],
      correlation: 0.5,
      unevenness: 0.003,
      isStraight: true,
    },
    {
      share: 0.1,
      means: [0.06, 0.08, 0.03, 0.03, 0.03, 0.03, LOW_IN_LOOSE.hips.mean, LOW_IN_LOOSE.knees.mean],
      deviations: [0.04, 0.04, 0.02, 0.02, 0.02, 0.02, LOW_IN_LOOSE.hips.deviation, LOW_IN_LOOSE.knees.deviation],
      correlation: 0.75,
      unevenness: 0.003,
      isStraight: false,
    },
  ];
}

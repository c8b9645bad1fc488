/**
 * Judges how strong and of which colour the light on a person is, from the picture as a whole, own clothes and skin.
 * None of them says it alone: dark skin in bright light is as bright as fair skin in dim light, a grey wall in bright
 * light as a white wall in dim light. So each counts by how sure it is. All tones of skin are equally probable: a person
 * with dark skin shall see a garment as bright as a person with fair skin.
 *
 * `judgeExposure` goes through candidates: tones of skin × casts of the light × levels of the light. The candidate's
 * probability is what camera, place, clothes (`weighLevels`), skin and greys say together. The result is the mean.
 */
import { createSkinTones } from './create-skin-tones.ts';
import { luminanceOf, type PictureLight } from './measure-picture.ts';
import { LEVELS, type PersonColours, weighLevels } from './weigh-levels.ts';

/** The light on a person. */
export interface Exposure {
  /** Mean light on surfaces that face the camera, linear by channel: 1 shows white as white. */
  light: [number, number, number];
  /** Standard deviation of the logarithm of its level. */
  levelSpread: number;
}

/** Standard deviation of the logarithm of skin's luminance within one tone. */
const SKIN_SPREAD = 0.15;
/**
 * Standard deviations of the logarithms of skin's red / green and blue / green within one tone: people of one tone differ
 * by 2 to 3 in CIELAB's a and b, and cameras by a fifth in saturation.
 */
const SKIN_RED_SPREAD = 0.2;
const SKIN_BLUE_SPREAD = 0.22;

/** Standard deviations of the light's cast that is left after a camera's white balance: warm to cool, green to magenta. */
const WARMTH_SPREAD = 0.3;
const TINT_SPREAD = 0.06;
/**
 * Standard deviation of the greys' cast beside the light's, if `MANY_GREYS` of the picture are grey, and if none is: then
 * the greyest things are coloured, or the light is, and only the skin tells which.
 */
const GREY_SPREAD = 0.09;
const FEW_GREYS_SPREAD = 0.6;
const MANY_GREYS = 0.5;
/**
 * Logarithm of blue / green of what looks grey, in white light: off-white paint, wood, stone and linen are rather yellow
 * than blue. Off-white paint of a CIELAB b of 4 has this.
 */
const GREY_BLUE = -0.07;

const tones = createSkinTones();
/** Scratch of `judgeExposure`: probability of each level by the picture. */
const levelWeights = new Float64Array(LEVELS.length);

/**
 * Writes the light on a person into `target`, and returns it. Pure.
 */
export function judgeExposure(person: PersonColours, picture: PictureLight, target: Exposure): Exposure {
  weighLevels(picture, person, levelWeights);
  const { skin } = person;
  const { redCast, blueCast, greyShare } = picture;
  const greySpread = GREY_SPREAD + (FEW_GREYS_SPREAD - GREY_SPREAD) * (1 - Math.min(1, greyShare / MANY_GREYS));
  const isSeen = skin !== null && Math.min(...skin) > 0;
  const seenLevel = isSeen ? Math.log(luminanceOf(...skin)) : 0;
  const seenRed = isSeen ? Math.log(skin[0] / skin[1]) : 0;
  const seenBlue = isSeen ? Math.log(skin[2] / skin[1]) : 0;

  // Inverse variances of the observations; the first two are of the light itself, warm to cool and green to magenta.
  const [warmthWeight, tintWeight, greyWeight] = [WARMTH_SPREAD ** -2, TINT_SPREAD ** -2, greySpread ** -2];
  const [redWeight, blueWeight] = isSeen ? [SKIN_RED_SPREAD ** -2, SKIN_BLUE_SPREAD ** -2] : [0, 0];
  const precisionRed = warmthWeight + tintWeight + greyWeight + redWeight;
  const precisionBlue = warmthWeight + tintWeight + greyWeight + blueWeight;
  const precisionBoth = tintWeight - warmthWeight;
  const determinant = precisionRed * precisionBlue - precisionBoth ** 2;

  let [total, levelSum, squareSum, redSum, blueSum] = [0, 0, 0, 0, 0];
  for (const tone of tones) {
    let [byLevel, levels, squares] = [0, 0, 0];
    for (let l = 0; l < LEVELS.length; l++) {
      const error = isSeen ? (seenLevel - tone.luminance - LEVELS[l]) / SKIN_SPREAD : 0;
      const probability = levelWeights[l] * Math.exp((-error * error) / 2);
      byLevel += probability;
      levels += probability * LEVELS[l];
      squares += probability * LEVELS[l] ** 2;
    }
    // Greys and skin are observations of the logarithms of red / green and blue / green of the light. All are normally
    // distributed, so the best values solve two linear equations, and the rest is the probability of the tone.
    const red = greyWeight * redCast + redWeight * (seenRed - tone.red);
    const blue = greyWeight * (blueCast - GREY_BLUE) + blueWeight * (seenBlue - tone.blue);
    const bestRed = (precisionBlue * red - precisionBoth * blue) / determinant;
    const bestBlue = (precisionRed * blue - precisionBoth * red) / determinant;
    const error =
      redWeight * (seenRed - tone.red) ** 2 +
      blueWeight * (seenBlue - tone.blue) ** 2 -
      red * bestRed -
      blue * bestBlue;
    const byCast = Math.exp(-error / 2);
    total += byLevel * byCast;
    levelSum += levels * byCast;
    squareSum += squares * byCast;
    redSum += byLevel * byCast * bestRed;
    blueSum += byLevel * byCast * bestBlue;
  }
  // A picture that no candidate explains, such as a black one, gets the darkest white light.
  const logLevel = total > 0 ? levelSum / total : LEVELS[0];
  target.levelSpread = total > 0 ? Math.sqrt(Math.max(0, squareSum / total - logLevel ** 2)) : 1;
  const [r, b] = total > 0 ? [Math.exp(redSum / total), Math.exp(blueSum / total)] : [1, 1];
  const green = Math.exp(logLevel) / luminanceOf(r, 1, b);
  target.light[0] = green * r;
  target.light[1] = green;
  target.light[2] = green * b;
  return target;
}

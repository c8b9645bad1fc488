/**
 * Judges how strong and of which colour the light on a person is, from the picture as a whole, own clothes and skin.
 * None of them says it alone: dark skin in bright light is as bright as fair skin in dim light, a grey wall in bright
 * light as a white wall in dim light. So each counts by how sure it is. All tones of skin are equally probable: a person
 * with dark skin shall see a garment as bright as a person with fair skin.
 *
 * 1. `measurePicture` finds mean and brightest luminance of the picture, and the cast of its greys.
 * 2. `judgeExposure` goes through candidates: tones of skin × casts of the light × levels of the light. The candidate's
 *    probability is what camera, place, clothes, skin and greys say together. The result is the mean.
 */
import { createSkinTones } from './create-skin-tones.ts';
import { linearBySrgb, type SmallPicture } from './light-samples.ts';

/** What a picture as a whole says about the light. */
export interface PictureLight {
  /** Mean luminance, linear. */
  mean: number;
  /** Luminance, linear, of bright surfaces: pale skin, painted walls. */
  bright: number;
  /** Logarithms of the nearly grey pixels' red / green and blue / green, linear. */
  redCast: number;
  blueCast: number;
  /** Share of the picture that is nearly grey, 0..1. */
  greyShare: number;
}

/** What a person says about the light. */
export interface PersonColours {
  /** Mean colour of skin that gets the mean light, linear red, green, blue; null if none is seen. */
  skin: readonly [number, number, number] | null;
  /** Natural logarithm of the linear luminance of own upper and own lower clothes in the mean light; −Infinity: unseen. */
  clothes: readonly number[];
  /** How much the light comes from behind the person, 0..1: then the room is brighter than the person. */
  againstLight: number;
}

/** The light on a person. */
export interface Exposure {
  /** Mean light on surfaces that face the camera, linear by channel: 1 shows white as white. */
  light: [number, number, number];
  /** Standard deviation of the logarithm of its level. */
  levelSpread: number;
}

/** Share of the pixels that are darker than the bright surfaces. */
const BRIGHT_QUANTILE = 0.95;
/** Minkowski norm of the “shades of grey” mean: the best for real pictures (Finlayson and Trezzi 2004). */
const GREY_NORM = 6;
/** A pixel weighs its greyness (smallest / largest channel, 0..1) to this power. */
const GREYNESS_POWER = 4;
/** Channel value, 0..255, above which a pixel may be clipped and does not count for the colour. */
const MAX_UNCLIPPED = 250;

/** A normal distribution of a logarithm: mean and standard deviation. */
type Normal = readonly [mean: number, spread: number];

/** A kind of place in which people stand before a camera. */
interface Place {
  /** Share of all pictures. */
  readonly share: number;
  /** Light on the person: what a camera with automatic exposure makes of the place. */
  readonly level: Normal;
  /** Luminance of the bright surfaces beside the light on the person. */
  readonly bright: Normal;
  /** Mean luminance of the picture beside that of the bright surfaces. */
  readonly mean: Normal;
}

/**
 * Kinds of places. Cameras expose for the mean of the picture. So before a dark wall a person is shown brighter than
 * before a pale wall, and darker before a window, and a dark picture does not say that the light on the person is dim.
 */
const PLACES: readonly Place[] = [
  // Painted walls, white things.
  { share: 0.38, level: [Math.log(0.62), 0.25], bright: [Math.log(0.82), 0.22], mean: [Math.log(0.62), 0.35] },
  // Coloured walls, wood, gardens.
  { share: 0.3, level: [Math.log(0.87), 0.23], bright: [Math.log(0.5), 0.4], mean: [Math.log(0.5), 0.4] },
  // Dark backdrops.
  { share: 0.12, level: [Math.log(1.1), 0.28], bright: [Math.log(0.25), 0.4], mean: [Math.log(0.42), 0.5] },
  // Windows and skies, brighter than the person.
  { share: 0.14, level: [Math.log(0.3), 0.4], bright: [Math.log(2.2), 0.5], mean: [Math.log(0.6), 0.4] },
  // Night: cameras cannot make up for it.
  { share: 0.06, level: [Math.log(0.27), 0.3], bright: [Math.log(0.75), 0.25], mean: [Math.log(0.5), 0.5] },
];
/** The kind of place in which the light comes from behind the person. */
const AGAINST_LIGHT = 3;

/**
 * Albedo of clothes: white and pale, coloured, black (which cameras show blacker by much or little). No cloth is
 * brighter than white: light on bright clothes is at least as bright as they are.
 */
const CLOTHES_ALBEDO: readonly { readonly share: number; readonly albedo: Normal }[] = [
  { share: 0.2, albedo: [Math.log(0.75), 0.17] },
  { share: 0.2, albedo: [Math.log(0.45), 0.35] },
  { share: 0.35, albedo: [Math.log(0.17), 0.6] },
  { share: 0.25, albedo: [Math.log(0.03), 0.9] },
];
/** Standard deviation of the logarithm of skin's luminance within one tone. */
const SKIN_SPREAD = 0.15;
/** Candidates of the level's logarithm. In less light than the first the form of a garment is not visible. */
const LEVELS = Array.from({ length: 36 }, (_, i) => Math.log(0.08) + 0.095 * i);

/** Standard deviations of the logarithms of skin's red / green and blue / green within one tone, as cameras show it. */
const SKIN_RED_SPREAD = 0.3;
const SKIN_BLUE_SPREAD = 0.5;

/** Standard deviations of the light's cast that is left after a camera's white balance: warm to cool, green to magenta. */
const WARMTH_SPREAD = 0.3;
const TINT_SPREAD = 0.06;
/** Standard deviation of the greys' cast beside the light's, if `MANY_GREYS` of the picture are grey, and if none is. */
const GREY_SPREAD = 0.09;
const FEW_GREYS_SPREAD = 0.3;
const MANY_GREYS = 0.5;

const tones = createSkinTones();
/** Scratch of `judgeExposure`: probability of each level by the picture. */
const levelWeights = new Float64Array(LEVELS.length);

/** Longest side of the picture, px. */
const MAX_SIDE_PIXELS = 128;
/** Scratch: luminance of each pixel, linear. */
const luminances = new Float32Array(MAX_SIDE_PIXELS * MAX_SIDE_PIXELS);

/** Writes what `picture` says about the light into `target`, and returns it. Pure. */
export function measurePicture({ data, width, height }: SmallPicture, target: PictureLight): PictureLight {
  const count = width * height;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    luminances[i] = luminanceOf(
      linearBySrgb[data[4 * i]],
      linearBySrgb[data[4 * i + 1]],
      linearBySrgb[data[4 * i + 2]],
    );
    sum += luminances[i];
  }
  target.mean = sum / count;
  target.bright = quantile(luminances.subarray(0, count), BRIGHT_QUANTILE);
  target.redCast = target.blueCast = target.greyShare = 0;
  // Twice: what is grey shows when the cast is known.
  for (let pass = 0; pass < 2; pass++) measureGreys(data, count, target);
  return target;
}

/** Writes cast and share of the pixels that are nearly grey in a light of the cast that `target` holds. */
function measureGreys(data: SmallPicture['data'], count: number, target: PictureLight): void {
  const [perRed, perBlue] = [Math.exp(-target.redCast), Math.exp(-target.blueCast)];
  let [red, green, blue, greys, used] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    if (Math.max(data[4 * i], data[4 * i + 1], data[4 * i + 2]) > MAX_UNCLIPPED) continue;
    const r = perRed * linearBySrgb[data[4 * i]];
    const g = linearBySrgb[data[4 * i + 1]];
    const b = perBlue * linearBySrgb[data[4 * i + 2]];
    const greyness = (Math.min(r, g, b) / (Math.max(r, g, b) || 1)) ** GREYNESS_POWER;
    used++;
    greys += greyness;
    red += greyness * r ** GREY_NORM;
    green += greyness * g ** GREY_NORM;
    blue += greyness * b ** GREY_NORM;
  }
  if (!(red > 0 && green > 0 && blue > 0)) return;
  target.redCast += Math.log(red / green) / GREY_NORM;
  target.blueCast += Math.log(blue / green) / GREY_NORM;
  target.greyShare = greys / used;
}

/**
 * Writes the light on a person into `target`, and returns it. Pure.
 */
export function judgeExposure(person: PersonColours, picture: PictureLight, target: Exposure): Exposure {
  weighLevels(picture, person);
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
    const blue = greyWeight * blueCast + blueWeight * (seenBlue - tone.blue);
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

/** Writes into `levelWeights` how probable each level is by camera, picture and clothes. */
function weighLevels({ mean, bright }: PictureLight, { clothes, againstLight }: PersonColours): void {
  const [logMean, logBright] = [Math.log(Math.max(1e-4, mean)), Math.log(Math.max(1e-4, bright))];
  for (let l = 0; l < LEVELS.length; l++) {
    let weight = 0;
    for (let p = 0; p < PLACES.length; p++) {
      const place = PLACES[p];
      const share = (1 - againstLight) * place.share + (p === AGAINST_LIGHT ? againstLight : 0);
      weight +=
        share *
        density(place.level, LEVELS[l]) *
        density(place.bright, logBright - LEVELS[l]) *
        density(place.mean, logMean - logBright);
    }
    for (let c = 0; c < clothes.length; c++) {
      if (clothes[c] === -Infinity) continue;
      let cloth = 0;
      for (const { share, albedo } of CLOTHES_ALBEDO) cloth += share * density(albedo, clothes[c] - LEVELS[l]);
      weight *= cloth;
    }
    levelWeights[l] = weight;
  }
}

/** Returns the probability density of a normal distribution at `x`, but for a constant factor. */
function density([mean, spread]: Normal, x: number): number {
  return Math.exp(-(((x - mean) / spread) ** 2) / 2) / spread;
}

/** Returns the luminance of a linear colour (Rec. 709). */
export function luminanceOf(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Returns the value below which `share` (0..1) of the values lie. Sorts `values` in place. */
function quantile(values: Float32Array, share: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(share * values.length))];
}

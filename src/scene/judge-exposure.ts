/**
 * Judges how strong and of which colour the light on a person is, from the colour of the skin and the picture as a
 * whole. Neither says it alone: dark skin in bright light is as bright as fair skin in dim light, and pictures have
 * colours of their own. The colour of human skin varies little and goes with its brightness, so together they do.
 *
 * 1. `measurePicture` finds mean and brightest luminance of the picture, and the cast of its greys.
 * 2. `judgeExposure` goes through candidates: tones of skin × casts of the light × levels of the light. What skin, greys
 *    and brightness of the picture say together is the candidate's probability. The result is the mean.
 */
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

/** A distribution of a logarithm: normal distributions with their shares, means and standard deviations. */
type Mixture = readonly (readonly [share: number, mean: number, spread: number])[];

/** Level to which cameras expose: white is bright and not clipped. At night and against the light it is less. */
const CAMERA_LEVEL: Mixture = [
  [0.75, Math.log(0.75), 0.3],
  [0.25, Math.log(0.4), 0.6],
];
/**
 * Bright surfaces of the picture beside the light on the person: painted walls and white things in the same light;
 * windows and sky that are brighter; dark backdrops.
 */
const BRIGHT_ALBEDO: Mixture = [
  [0.7, Math.log(0.85), 0.25],
  [0.2, Math.log(2.2), 0.5],
  [0.1, Math.log(0.3), 0.5],
];
/** The same for the mean of the picture. */
const MEAN_ALBEDO: Mixture = [
  [0.8, Math.log(0.42), 0.5],
  [0.2, Math.log(1.1), 0.6],
];
/**
 * Albedo of clothes: white and pale, coloured, black (which cameras show blacker by much or little). No cloth is brighter than white, so that bright clothes show that
 * the light on the person is at least as bright as they are.
 */
const CLOTHES_ALBEDO: Mixture = [
  [0.3, Math.log(0.72), 0.17],
  [0.45, Math.log(0.2), 0.6],
  [0.25, Math.log(0.03), 0.9],
];
/** Components of the first mixtures: an ordinary room; the person stands in less light than the room. */
const ORDINARY = 0;
const IN_SHADE = 1;
/** Standard deviation of the logarithm of skin's luminance within one tone. */
const SKIN_SPREAD = 0.15;
/** Candidates of the level's logarithm. In less light than the first the form of a garment is not visible. */
const LEVELS = Array.from({ length: 32 }, (_, i) => Math.log(0.08) + 0.095 * i);

/**
 * Skin of people from very light to dark: CIELAB means of the six classes of the individual typology angle, rounded (Del
 * Bino and Bernerd 2013, "Variations in skin colour and the biological consequences of ultraviolet radiation exposure").
 */
const SKIN_LAB: readonly [number, number, number][] = [
  [72, 10, 15],
  [67, 12, 17],
  [61, 12, 19],
  [54, 13, 20],
  [44, 12, 18],
  [33, 10, 13],
];
/** Cameras' tone curves lift middle tones: skin looks brighter beside white than its albedo is, by this factor. */
const SKIN_LIFT = 1.25;
/** Standard deviations of the logarithms of skin's red / green and blue / green within one tone. */
const SKIN_RED_SPREAD = 0.25;
const SKIN_BLUE_SPREAD = 0.4;

/** Standard deviations of the light's cast that is left after a camera's white balance: warm to cool, green to magenta. */
const WARMTH_SPREAD = 0.3;
const TINT_SPREAD = 0.06;
/** Standard deviation of the greys' cast beside the light's, if `MANY_GREYS` of the picture are grey, and if none is. */
const GREY_SPREAD = 0.09;
const FEW_GREYS_SPREAD = 0.3;
const MANY_GREYS = 0.5;

/** Tones between those of the table. */
const TONES_PER_CLASS = 2;

/** Logarithms of the linear colour of each tone of skin: luminance, red / green, blue / green. */
const tones = createTones();
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
    levelWeights[l] =
      density(CAMERA_LEVEL, againstLight, LEVELS[l]) *
      density(MEAN_ALBEDO, againstLight, logMean - LEVELS[l]) *
      density(BRIGHT_ALBEDO, againstLight, logBright - LEVELS[l]);
    for (let c = 0; c < clothes.length; c++)
      if (clothes[c] > -Infinity) levelWeights[l] *= density(CLOTHES_ALBEDO, 0, clothes[c] - LEVELS[l]);
  }
}

/**
 * Returns the probability density of a mixture at `x`, but for a constant factor. `againstLight`, 0..1, moves the share of
 * ordinary rooms to those in which the person stands in shade.
 */
function density(mixture: Mixture, againstLight: number, x: number): number {
  const moved = againstLight * mixture[ORDINARY][0];
  let sum = 0;
  for (let m = 0; m < mixture.length; m++) {
    const [share, mean, spread] = mixture[m];
    const rest = m === ORDINARY ? share - moved : m === IN_SHADE ? share + moved : share;
    sum += (rest / spread) * Math.exp(-(((x - mean) / spread) ** 2) / 2);
  }
  return sum;
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

/** A tone of skin: logarithms of its luminance (albedo), and of red / green and blue / green. */
interface Tone {
  luminance: number;
  red: number;
  blue: number;
}

function createTones(): Tone[] {
  const classes = SKIN_LAB.map(([lightness, a, b]): Tone => {
    const fy = (lightness + 16) / 116;
    const toLinear = (f: number): number => (f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29));
    const [x, y, z] = [0.95047 * toLinear(fy + a / 500), toLinear(fy), 1.08883 * toLinear(fy - b / 200)];
    const red = 3.2404542 * x - 1.5371385 * y - 0.4985314 * z;
    const green = -0.969266 * x + 1.8760108 * y + 0.041556 * z;
    const blue = 0.0556434 * x - 0.2040259 * y + 1.0572252 * z;
    return { luminance: Math.log(SKIN_LIFT * y), red: Math.log(red / green), blue: Math.log(blue / green) };
  });
  return Array.from({ length: (classes.length - 1) * TONES_PER_CLASS + 1 }, (_, i) => {
    const first = Math.min(classes.length - 2, Math.floor(i / TONES_PER_CLASS));
    const share = i / TONES_PER_CLASS - first;
    const mix = (key: keyof Tone): number => classes[first][key] * (1 - share) + classes[first + 1][key] * share;
    return { luminance: mix('luminance'), red: mix('red'), blue: mix('blue') };
  });
}

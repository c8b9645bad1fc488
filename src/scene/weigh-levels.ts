import type { PictureLight } from './measure-picture.ts';

/** What a person says about the light. */
export interface PersonColours {
  /** Mean colour of skin that gets the mean light, linear red, green, blue; null if none is seen. */
  skin: readonly [number, number, number] | null;
  /** Natural logarithm of the linear luminance of own upper and own lower clothes in the mean light; −Infinity: unseen. */
  clothes: readonly number[];
  /** Natural logarithm of the linear luminance of the brightest matter on the person; −Infinity: unseen. */
  brightest: number;
  /** How much the light comes from behind the person, 0..1: then the room is brighter than the person. */
  againstLight: number;
}

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
  /** Mean luminance of the picture: a camera holds it near mid-grey, and leaves dark and bright places so in part. */
  readonly metered: Normal;
  /** Noise of the camera, a share of white in sRGB: gain makes it visible where light is weak. */
  readonly grain: Normal;
}

/**
 * Standard deviation of a camera's error of exposure, logarithm: a fifth of a stop. It is one error of light on the person
 * and of the picture's mean, so that a picture that is dark as a whole may be underexposed.
 */
const EXPOSURE_SPREAD = 0.15;

/** Noise by day and in lit rooms, and at night. Cameras differ by factors, and some smooth it away. */
const USUAL_GRAIN: Normal = [Math.log(0.01), 0.7];
const NIGHT_GRAIN: Normal = [Math.log(0.025), 0.9];
/** Noise below this is not measured. */
const MIN_GRAIN = 0.003;
/**
 * Kinds of places. Cameras expose for the mean of the picture. So before a dark wall a person is shown brighter than
 * before a pale wall, and darker before a window, and a dark picture does not say that the light on the person is dim.
 */
const PLACES: readonly Place[] = [
  // Painted walls, white things.
  {
    share: 0.41,
    level: [Math.log(0.62), 0.25],
    bright: [Math.log(0.82), 0.22],
    mean: [Math.log(0.62), 0.35],
    metered: [Math.log(0.38), 0.4],
    grain: USUAL_GRAIN,
  },
  // Coloured walls, wood, gardens.
  {
    share: 0.33,
    level: [Math.log(0.87), 0.23],
    bright: [Math.log(0.5), 0.4],
    mean: [Math.log(0.5), 0.4],
    metered: [Math.log(0.2), 0.45],
    grain: USUAL_GRAIN,
  },
  // Dark backdrops.
  {
    share: 0.12,
    level: [Math.log(1.1), 0.28],
    bright: [Math.log(0.25), 0.4],
    mean: [Math.log(0.42), 0.5],
    metered: [Math.log(0.11), 0.65],
    grain: USUAL_GRAIN,
  },
  // Windows and skies, brighter than the person.
  {
    share: 0.08,
    level: [Math.log(0.3), 0.4],
    bright: [Math.log(2.2), 0.5],
    mean: [Math.log(0.6), 0.4],
    metered: [Math.log(0.4), 0.5],
    grain: USUAL_GRAIN,
  },
  // Night, before walls of any colour: cameras cannot make up for it.
  {
    share: 0.06,
    level: [Math.log(0.3), 0.35],
    bright: [Math.log(0.6), 0.45],
    mean: [Math.log(0.5), 0.5],
    metered: [Math.log(0.11), 0.65],
    grain: NIGHT_GRAIN,
  },
];
/** The kind of place in which the light comes from behind the person. */
const AGAINST_LIGHT = 3;

/**
 * Albedo of clothes: white and pale, coloured, black (which cameras show blacker by much or little). No cloth is
 * brighter than white: light on bright clothes is at least as bright as they are.
 */
const CLOTHES_ALBEDO: readonly { readonly share: number; readonly albedo: Normal }[] = [
  { share: 0.2, albedo: [Math.log(0.75), 0.17] },
  { share: 0.2, albedo: [Math.log(0.45), 0.45] },
  { share: 0.35, albedo: [Math.log(0.17), 0.8] },
  { share: 0.25, albedo: [Math.log(0.03), 0.9] },
];
/**
 * The brightest matter on a person, as a share of the mean light. For this share of people it is white (shoes, collars,
 * teeth): an albedo of 0.8 in the brightest light on the person. Else it has any albedo, by the density of its logarithm.
 * Nothing is brighter than a bound, given by its logarithm and its softness.
 */
const WHITE_SHARE = 0.3;
const WHITE_ALBEDO: Normal = [Math.log(0.9), 0.2];
const OTHER_DENSITY = 0.83;
const MAX_BRIGHTEST = 0.1;
const BOUND_SOFTNESS = 0.08;

/**
 * The brightest matter in the picture, as a share of the mean light on the person: in this share of places it is white or
 * pale (paper, paint, a pale floor) and gets about as much light as the person; logarithm. Else it is anything: a lamp,
 * or the palest of dark things. Where light comes from behind, it is the window.
 */
const PALE_SHARE = 0.6;
const PALE: Normal = [Math.log(0.88), 0.23];
const ANY_TOP: Normal = [0, 0.9];

/** Candidates of the level's logarithm. In less light than the first the form of a garment is not visible. */
export const LEVELS = Array.from({ length: 36 }, (_, i) => Math.log(0.08) + 0.095 * i);

/**
 * The mean luminance has two sources in each place: level and bright surfaces, and the camera's metering. Their product is
 * no longer a distribution: these factors make its integral the same for all places.
 */
const METERED_FACTORS = PLACES.map(({ level, bright, mean, metered }) =>
  Math.hypot(level[1], bright[1], mean[1], metered[1]),
);

/** Writes into `target` how probable each of `LEVELS` is by camera, place, clothes and the brightest matter. */
export function weighLevels(
  { mean, bright, top, grain }: PictureLight,
  { clothes, brightest, againstLight }: PersonColours,
  target: Float64Array,
): void {
  const [logMean, logBright] = [Math.log(Math.max(1e-4, mean)), Math.log(Math.max(1e-4, bright))];
  const logTop = Math.log(Math.max(1e-4, top));
  const logGrain = Math.log(Math.max(MIN_GRAIN, grain));
  for (let l = 0; l < LEVELS.length; l++) {
    let weight = 0;
    for (let p = 0; p < PLACES.length; p++) {
      const place = PLACES[p];
      const share = (1 - againstLight) * place.share + (p === AGAINST_LIGHT ? againstLight : 0);
      weight +=
        share *
        METERED_FACTORS[p] *
        exposedDensity(place, LEVELS[l], logMean) *
        density(place.grain, logGrain) *
        density(place.bright, logBright - LEVELS[l]) *
        density(place.mean, logMean - logBright) *
        (p === AGAINST_LIGHT ? density(ANY_TOP, logTop - LEVELS[l]) : topDensity(logTop - LEVELS[l]));
    }
    for (let c = 0; c < clothes.length; c++) {
      if (clothes[c] === -Infinity) continue;
      let cloth = 0;
      for (const { share, albedo } of CLOTHES_ALBEDO) cloth += share * density(albedo, clothes[c] - LEVELS[l]);
      weight *= cloth;
    }
    if (brightest !== -Infinity) weight *= brightestDensity(brightest - LEVELS[l]);
    target[l] = weight;
  }
}

/** Returns the probability density of the brightest matter in the picture. `x`: logarithm of it beside the mean light. */
function topDensity(x: number): number {
  return PALE_SHARE * density(PALE, x) + (1 - PALE_SHARE) * density(ANY_TOP, x);
}

/** Returns the probability density of the brightest matter on the person. `x`: logarithm of its luminance beside the mean light. */
function brightestDensity(x: number): number {
  const bound = 1 / (1 + Math.exp((x - MAX_BRIGHTEST) / BOUND_SOFTNESS));
  return (WHITE_SHARE * density(WHITE_ALBEDO, x) + (1 - WHITE_SHARE) * OTHER_DENSITY) * bound;
}

/**
 * Returns the probability density of light on the person and mean luminance of the picture in a place, both logarithms,
 * which have the error of exposure in common: two correlated normal distributions.
 */
function exposedDensity({ level, metered }: Place, logLevel: number, logMean: number): number {
  const common = EXPOSURE_SPREAD ** 2;
  const [levelVariance, meanVariance] = [level[1] ** 2 + common, metered[1] ** 2 + common];
  const [x, y] = [logLevel - level[0], logMean - metered[0]];
  const determinant = levelVariance * meanVariance - common ** 2;
  const squared = (meanVariance * x * x - 2 * common * x * y + levelVariance * y * y) / determinant;
  return Math.exp(-squared / 2) / Math.sqrt(determinant);
}

/** Returns the probability density of a normal distribution at `x`, but for a constant factor. */
function density([mean, spread]: Normal, x: number): number {
  return Math.exp(-(((x - mean) / spread) ** 2) / 2) / spread;
}

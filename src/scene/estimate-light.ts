/**
 * Estimates the light of the room that a picture was taken in, so that a garment can be lit alike.
 *
 * 1. Level: from the picture's mean and bright end.
 * 2. Side: from the shading of the person, else of the picture.
 * 3. Colour: from the pixels that are nearly grey, as warmer or cooler than white.
 */

/** Light relative to a well-lit room under white light. */
export interface LightEstimate {
  /** Strength of each colour of the light, linear; (1, 1, 1) shows white cloth as white, and less shows it darker. */
  red: number;
  green: number;
  blue: number;
  /** (right − left) / (right + left) of the luminance, −1..1, and likewise (top − bottom) / (top + bottom). */
  fromRight: number;
  fromTop: number;
}

export function createLightEstimate(): LightEstimate {
  return { red: 1, green: 1, blue: 1, fromRight: 0, fromTop: 0 };
}

/** Mean luminance (linear) to which cameras expose an ordinary room: about 18 % grey. */
const MIDDLE_GREY = 0.18;
/** Luminance (linear) of bright, unclipped things under a good exposure, pale skin and painted walls. */
const BRIGHT = 0.55;
/** The lowest level: below it a garment's form could not be made out. */
const MIN_LEVEL = 0.12;
/** Norm of “shades of grey” (Finlayson and Trezzi 2004): the norm that they found best for real pictures. */
const NORM = 6;
/** Power of a pixel's greyness (least over greatest channel) that its weight is. */
const GREY_BIAS = 4;
/** Share of the estimated colour cast that is applied: scenes have colours of their own, and cameras balance white. */
const CAST_SHARE = 0.6;
/** Greatest ratio of red to blue and of blue to red: a lamp at 2700 K under a camera that balances half of it. */
const MAX_CAST = 1.8;
/** A channel above this value (8 bits) may be clipped: its pixel does not count for the colour. */
const CLIPPED = 250;

/**
 * Weight of the person's shading against the whole picture's for the side that light comes from: clothes are mostly
 * alike on both sides of a person, while walls and windows have brightnesses of their own.
 */
const PERSON_WEIGHT = 0.75;
/** A person of fewer pixels is ignored. */
const MIN_PERSON_PIXELS = 24;

/** sRGB 8 bits → linear 0..1 (IEC 61966-2-1). */
const linear = Float32Array.from({ length: 256 }, (_, i) =>
  i <= 10.31475 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4,
);

/** Longest side of the picture, px. */
const MAX_SIDE = 64;
/** Linear luminance of each pixel. */
const luminances = new Float32Array(MAX_SIDE * MAX_SIDE);

/**
 * Writes the light of a picture into `target`. Of mean and bright end the brighter counts for the level: a dark
 * backdrop is no dark room. The colour is a warmth only: lamps and skies hardly differ in green and magenta, clothes
 * and walls do. Pure.
 *
 * @param picture a small copy, RGBA, 8 bits sRGB, at most 64 × 64.
 * @param person coverage of the same pixels by the person, 0..255; null where it is unknown.
 */
export function estimateLight(
  { data: pixels, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  person: Uint8Array | null,
  target: LightEstimate,
): LightEstimate {
  const count = width * height;
  let red = 0;
  let blue = 0;
  let mean = 0;
  let right = 0;
  let top = 0;
  for (let i = 0; i < count; i++) {
    const r = linear[pixels[4 * i]];
    const g = linear[pixels[4 * i + 1]];
    const b = linear[pixels[4 * i + 2]];
    // Rec. 709
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    luminances[i] = y;
    mean += y;
    right += y * Math.sign((i % width) - (width - 1) / 2);
    top += y * Math.sign((height - 1) / 2 - Math.floor(i / width));
    if (Math.max(pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]) > CLIPPED) continue;
    const greyness = Math.min(r, g, b) / (Math.max(r, g, b) || 1);
    red += greyness ** GREY_BIAS * r ** NORM;
    blue += greyness ** GREY_BIAS * b ** NORM;
  }
  target.fromRight = right / (mean || 1);
  target.fromTop = top / (mean || 1);
  const onPerson = person ? compareSides(person, width, height) : NaN;
  if (!Number.isNaN(onPerson)) target.fromRight += PERSON_WEIGHT * (onPerson - target.fromRight);
  mean /= count;

  const bright = quantile(luminances.subarray(0, count), 0.95);
  const level = Math.min(1, Math.max(MIN_LEVEL, mean / MIDDLE_GREY, bright / BRIGHT));

  // Red rises by the root of their ratio and blue falls by it, so that the level stays.
  const cast = red > 0 && blue > 0 ? (red / blue) ** (CAST_SHARE / NORM) : 1;
  const warmth = Math.sqrt(Math.min(MAX_CAST, Math.max(1 / MAX_CAST, cast)));
  target.red = level * warmth;
  target.green = level;
  target.blue = level / warmth;
  return target;
}

/**
 * (right − left) / (right + left) of the person's luminance, −1..1. Each row is halved at the middle of the person in
 * it, and a pixel counts only if its mirror image is the person too, so that a raised arm or dark trousers weigh on
 * both sides alike. NaN where the person has too few pixels. Reads `luminances`.
 */
function compareSides(person: Uint8Array, width: number, height: number): number {
  let right = 0;
  let left = 0;
  let personPixels = 0;
  for (let y = 0; y < height; y++) {
    let first = -1;
    let last = -1;
    for (let x = 0; x < width; x++) {
      if (person[y * width + x] < 128) continue;
      if (first < 0) first = x;
      last = x;
    }
    if (first < 0 || last === first) continue;
    const middle = (first + last) / 2;
    for (let x = first; x <= last; x++) {
      const i = y * width + x;
      if (person[i] < 128) continue;
      personPixels++;
      const mirror = y * width + Math.round(2 * middle - x);
      if (person[mirror] < 128) continue;
      if (x > middle) right += luminances[i];
      else if (x < middle) left += luminances[i];
    }
  }
  return personPixels < MIN_PERSON_PIXELS || right + left === 0 ? NaN : (right - left) / (right + left);
}

/** The value below which a share of the values lies. Sorts `values` in place. */
function quantile(values: Float32Array, share: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(share * values.length))];
}

/**
 * Estimates the light of the room in a picture, so that garments can be lit in the same way. Input: an sRGB picture of
 * at most 64 × 64 px and the coverage of its pixels by the person. Output: linear strengths of red, green and blue
 * light relative to a well-lit room, and from which side the light comes, −1..1.
 *
 * 1. Side: compare the luminance of both halves of the person, or of the picture if the person is unknown.
 * 2. Level: compare the picture's mean and its 95th percentile with those of a well-lit room.
 * 3. Colour: average the nearly grey pixels, and express their cast as warmer or cooler than white.
 */

/** Light of a room, relative to a well-lit room under white light. */
export interface LightEstimate {
  /**
   * Strength of each colour of the light, linear. (1, 1, 1) shows white cloth as white; lower values show it darker.
   */
  red: number;
  green: number;
  blue: number;
  /** (right − left) / (right + left) of the luminance in both halves, −1..1: positive if light comes from the right. */
  fromRight: number;
  /** (top − bottom) / (top + bottom) of the luminance, −1..1: positive if light comes from above. */
  fromTop: number;
}

/** Creates the light of a well-lit room: white, from no side. */
export function createLightEstimate(): LightEstimate {
  return { red: 1, green: 1, blue: 1, fromRight: 0, fromTop: 0 };
}

/** Mean luminance, linear, to which cameras expose an ordinary room: about 18 % grey. */
const MEAN_LUMINANCE = 0.18;
/** Luminance, linear, of bright surfaces under a good exposure, such as pale skin and painted walls. */
const BRIGHT_LUMINANCE = 0.55;
/** Share of the pixels that are darker than the bright surfaces. */
const BRIGHT_QUANTILE = 0.95;
/** Lowest level: in less light the form of a garment is not visible. */
const MIN_LEVEL = 0.12;
/** Minkowski norm of the “shades of grey” mean: the best for real pictures (Finlayson and Trezzi 2004). */
const GREY_NORM = 6;
/** A pixel weighs its greyness (smallest / largest channel, 0..1) to this power. */
const GREYNESS_POWER = 4;
/** Share of the estimated cast that the light gets: scenes have colours of their own, and cameras balance white. */
const CAST_SHARE = 0.6;
/** Largest ratio of red to blue or blue to red: a lamp of 2700 K, half balanced by the camera. */
const MAX_CAST = 1.8;
/** Channel value, 0..255, above which a pixel may be clipped and does not count for the colour. */
const MAX_UNCLIPPED = 250;

/**
 * Weight of the person's side against the whole picture's side. Most clothes are equal on both sides of a person, while
 * walls and windows differ in brightness whatever the light.
 */
const PERSON_WEIGHT = 0.75;
/** Fewer pixels of the person than this tell nothing about the light. */
const MIN_PERSON_PIXELS = 24;
/** Coverage, 0..255, from which a pixel belongs to the person. */
const PERSON_COVERAGE = 128;

/** Linear value, 0..1, of each sRGB value of 8 bits (IEC 61966-2-1). */
const linearBySrgb = Float32Array.from({ length: 256 }, (_, i) =>
  i <= 10.31475 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4,
);

/** Longest side of the picture, px. */
const MAX_SIDE_PIXELS = 64;
/** Scratch: luminance of each pixel, linear. */
const luminances = new Float32Array(MAX_SIDE_PIXELS * MAX_SIDE_PIXELS);

/**
 * Writes the light of a picture into `target`, and returns `target`. The level is the higher of the mean's and the
 * bright surfaces' levels, because a dark backdrop does not mean a dark room. The colour varies from warm to cool only:
 * lamps and skies hardly differ in green and magenta, while clothes and walls do. Pure.
 *
 * @param picture RGBA values, 8 bits sRGB, row by row from the top, at most 64 × 64 px.
 * @param person coverage of the same pixels by the person, 0..255; null if it is unknown.
 * @param target replaced as a whole: `red`, `green`, `blue` 0.09..1.34, and both sides −1..1.
 */
export function estimateLight(
  { data: pixels, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  person: Uint8Array | null,
  target: LightEstimate,
): LightEstimate {
  const count = width * height;
  let red = 0;
  let blue = 0;
  let sum = 0;
  let rightMinusLeft = 0;
  let topMinusBottom = 0;
  for (let i = 0; i < count; i++) {
    const r = linearBySrgb[pixels[4 * i]];
    const g = linearBySrgb[pixels[4 * i + 1]];
    const b = linearBySrgb[pixels[4 * i + 2]];
    // Luminance by Rec. 709.
    const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    luminances[i] = luminance;
    sum += luminance;
    rightMinusLeft += luminance * Math.sign((i % width) - (width - 1) / 2);
    topMinusBottom += luminance * Math.sign((height - 1) / 2 - Math.floor(i / width));
    if (Math.max(pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2]) > MAX_UNCLIPPED) continue;
    const greyness = Math.min(r, g, b) / (Math.max(r, g, b) || 1);
    red += greyness ** GREYNESS_POWER * r ** GREY_NORM;
    blue += greyness ** GREYNESS_POWER * b ** GREY_NORM;
  }
  target.fromRight = rightMinusLeft / (sum || 1);
  target.fromTop = topMinusBottom / (sum || 1);
  const personFromRight = person ? compareSides(luminances, person, width) : NaN;
  if (!Number.isNaN(personFromRight)) target.fromRight += PERSON_WEIGHT * (personFromRight - target.fromRight);

  const mean = sum / count;
  const bright = quantile(luminances.subarray(0, count), BRIGHT_QUANTILE);
  const level = Math.min(1, Math.max(MIN_LEVEL, mean / MEAN_LUMINANCE, bright / BRIGHT_LUMINANCE));

  // Red rises and blue falls by the root of the cast, so that the level stays.
  const cast = red > 0 && blue > 0 ? (red / blue) ** (CAST_SHARE / GREY_NORM) : 1;
  const warmth = Math.sqrt(Math.min(MAX_CAST, Math.max(1 / MAX_CAST, cast)));
  target.red = level * warmth;
  target.green = level;
  target.blue = level / warmth;
  return target;
}

/**
 * Computes (right − left) / (right + left) of the person's luminance, −1..1; NaN if the person has too few pixels. Each
 * row of pixels is mirrored at the middle of the person's pixels in it. A pixel counts only if its mirror image shows
 * the person too, so that an arm stretched out to one side does not count.
 *
 * @param luminances linear luminance of each pixel, 0..1, at least as many values as `person` has.
 * @param person coverage of each pixel by the person, 0..255, row by row.
 * @param width pixels per row.
 */
function compareSides(luminances: Float32Array, person: Uint8Array, width: number): number {
  const height = person.length / width;
  let right = 0;
  let left = 0;
  let personPixels = 0;
  for (let y = 0; y < height; y++) {
    let first = -1;
    let last = -1;
    for (let x = 0; x < width; x++) {
      if (person[y * width + x] < PERSON_COVERAGE) continue;
      if (first < 0) first = x;
      last = x;
    }
    if (first < 0 || last === first) continue;
    const middle = (first + last) / 2;
    for (let x = first; x <= last; x++) {
      const i = y * width + x;
      if (person[i] < PERSON_COVERAGE) continue;
      personPixels++;
      const mirror = y * width + Math.round(2 * middle - x);
      if (person[mirror] < PERSON_COVERAGE) continue;
      if (x > middle) right += luminances[i];
      else if (x < middle) left += luminances[i];
    }
  }
  return personPixels < MIN_PERSON_PIXELS || right + left === 0 ? NaN : (right - left) / (right + left);
}

/** Returns the value below which `share` (0..1) of the values lie. Sorts `values` in place. */
function quantile(values: Float32Array, share: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(share * values.length))];
}

/** The light that a picture seems to be taken in, relative to a well-lit room under white light. */
export interface LightEstimate {
  /** Strength of each colour of the light, linear; (1, 1, 1) shows white cloth as white, a dark room's is small. */
  red: number;
  green: number;
  blue: number;
  /** How much brighter the picture is on the right (positive) than on the left, −1..1, and at the top than at the bottom. */
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
/** The darkest that a garment is drawn: below it nothing could be told any more. */
const LEAST_LEVEL = 0.12;
/** Norm of "shades of grey" (Finlayson and Trezzi 2004), their best for real pictures. */
const NORM = 6;
/** How steeply the say of a pixel falls with its saturation. */
const GREY_BIAS = 4;
/** Share of the estimated colour cast that is applied: scenes have colours of their own, and cameras balance. */
const CAST_SHARE = 0.6;
/** The most that red may stand over blue, or blue over red: a lamp at 2700 K under a camera that balances half of it. */
const MAX_CAST = 1.8;
/** Above this (8 bits) a channel may be clipped and says nothing of the light's colour. */
const CLIPPED = 250;

/**
 * Say of the person's shading in where the light comes from, beside the whole picture's: both sides of a person wear the same,
 * while walls and windows have brightnesses of their own.
 */
const PERSON_SHARE = 0.75;
/** A person of fewer pixels of the small copy tells nothing. */
const LEAST_PERSON = 24;

/** sRGB 8 bits → linear 0..1 (IEC 61966-2-1). */
const linear = Float32Array.from({ length: 256 }, (_, i) =>
  i <= 10.31475 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4,
);

const luminances = new Float32Array(64 * 64);

/**
 * How much brighter the right half of the person is than the left, −1..1, halved at the middle of each row, so that a raised arm or
 * dark trousers weigh on both sides alike. NaN where too little of anybody is seen. Reads `luminances`.
 */
function compareSides(person: Uint8Array, width: number, height: number): number {
  let right = 0;
  let left = 0;
  let seen = 0;
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
      seen++;
      // Of a pixel and its mirror, when both are the person.
      const mirror = y * width + Math.round(2 * middle - x);
      if (person[mirror] < 128) continue;
      if (x > middle) right += luminances[i];
      else if (x < middle) left += luminances[i];
    }
  }
  return seen < LEAST_PERSON || right + left === 0 ? NaN : (right - left) / (right + left);
}

/**
 * Estimates the light from a small copy of the picture (RGBA, 8 bits sRGB, at most 64 × 64). Level from the mean and the
 * bright end, whichever says more: a dark backdrop is no dark room. Colour by shades of grey over the pixels that are
 * nearly grey, as warm or cool only: lamps and skies differ little otherwise, clothes and walls do. Its side from the shading of
 * the person (`person`: coverage of the same pixels, 0..255), else from the picture's. Pure.
 */
export function estimateLight(
  pixels: Uint8ClampedArray,
  person: Uint8Array | null,
  width: number,
  height: number,
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
  if (!Number.isNaN(onPerson)) target.fromRight += PERSON_SHARE * (onPerson - target.fromRight);
  mean /= count;

  const bright = quantile(luminances.subarray(0, count), 0.95);
  const level = Math.min(1, Math.max(LEAST_LEVEL, mean / MIDDLE_GREY, bright / BRIGHT));

  // Each of the two takes half of their ratio, so that the level stays.
  const cast = red > 0 && blue > 0 ? (red / blue) ** (CAST_SHARE / NORM) : 1;
  const warmth = Math.sqrt(Math.min(MAX_CAST, Math.max(1 / MAX_CAST, cast)));
  target.red = level * warmth;
  target.green = level;
  target.blue = level / warmth;
  return target;
}

/** The value below which a share of the values lies. Sorts in place. */
function quantile(values: Float32Array, share: number): number {
  values.sort();
  return values[Math.min(values.length - 1, Math.floor(share * values.length))];
}

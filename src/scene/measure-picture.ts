import { linearBySrgb, type SmallPicture } from './light-samples.ts';

/** What a picture as a whole says about the light. */
export interface PictureLight {
  /** Mean luminance, linear. */
  mean: number;
  /** Luminance, linear, of bright surfaces: pale skin, painted walls. */
  bright: number;
  /** Luminance, linear, of the brightest matter: white and pale things, not single highlights. */
  top: number;
  /** Logarithms of the nearly grey pixels' red / green and blue / green, linear. */
  redCast: number;
  blueCast: number;
  /** Share of the picture that is nearly grey, 0..1. */
  greyShare: number;
  /** Standard deviation of the camera's noise, a share of white in sRGB: `CameraGrain` measures it. */
  grain: number;
}

/** Share of the pixels that are darker than the bright surfaces. */
const BRIGHT_QUANTILE = 0.95;
/** Share of them that are darker than the brightest matter, in the picture and on the person: not single highlights. */
const TOP_QUANTILE = 0.99;
/** Minkowski norm of the “shades of grey” mean: the best for real pictures (Finlayson and Trezzi 2004). */
const GREY_NORM = 6;
/** A pixel weighs its greyness (smallest / largest channel, 0..1) to this power. */
const GREYNESS_POWER = 4;
/** Channel value, 0..255, above which a pixel may be clipped and does not count for the colour. */
const MAX_UNCLIPPED = 250;

/** Longest side of the picture, px. */
const MAX_SIDE_PIXELS = 128;
/** Smallest luminance, so that its logarithm is finite. */
const MIN_LUMINANCE = 1e-4;
/** Scratch: luminance of each pixel, linear. */
const luminances = new Float32Array(MAX_SIDE_PIXELS * MAX_SIDE_PIXELS);

/** Coverage by the person, 0..255, from which a pixel and its neighbours show nothing else. */
const WHOLLY_COVERED = 250;
/** Fewer such pixels tell nothing. */
const MIN_PERSON_PIXELS = 50;

/** Writes all that `picture` says about the light but `grain` into `target`, and returns it. Pure. */
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
  target.top = quantile(luminances.subarray(0, count), TOP_QUANTILE);
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
 * Returns the natural logarithm of the luminance of the brightest matter on the person, linear; −Infinity if too little of
 * the person is seen. `person`: coverage of the picture's pixels, 0..255. The person's edge is left out: pixels mix there
 * with what is behind. Pure.
 */
export function measureBrightest({ data, width, height }: SmallPicture, person: Readonly<Uint8Array>): number {
  let found = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const least = Math.min(person[i], person[i - 1], person[i + 1], person[i - width], person[i + width]);
      if (least < WHOLLY_COVERED) continue;
      luminances[found++] = luminanceOf(
        linearBySrgb[data[4 * i]],
        linearBySrgb[data[4 * i + 1]],
        linearBySrgb[data[4 * i + 2]],
      );
    }
  if (found < MIN_PERSON_PIXELS) return -Infinity;
  return Math.log(Math.max(MIN_LUMINANCE, quantile(luminances.subarray(0, found), TOP_QUANTILE)));
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

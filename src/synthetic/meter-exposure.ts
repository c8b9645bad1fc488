import { Color } from 'three';

/** Factors by which a camera multiplies the linear red, green and blue of the light that it gets. */
export type CameraGains = [red: number, green: number, blue: number];

/**
 * Mean luminance (linear) to which a camera exposes: half a stop more than the grey card of 18 % (ISO 2720, ISO 12232),
 * since cameras' tone curves lift middle tones.
 */
const MID_GREY = 0.25;
/**
 * Share of the difference (of logarithms) from mid-grey that the exposure makes up for. Cameras recognise bright and dark
 * scenes, and leave them bright and dark in part: means of photos differ by half a stop to a stop.
 */
const EXPOSURE_SHARE = 0.4;
/** Share of the cast of the picture's mean (logarithms of red / green, blue / green) that the white balance takes out. */
const BALANCE_SHARE = 0.3;
/** Range of the exposure beside that of the lamps: two stops. */
const MAX_GAIN = 4;
/** Standard deviation of the metering's weight around the picture's middle, as a share of its sides. */
const CENTRE_SHARE = 0.3;

const color = new Color();

/**
 * Measures a picture as a camera does, and writes the gains for the next picture into `target`, and returns it. Like a
 * camera's, its exposure is a loop: what is clipped in one picture counts in the next. Three pictures suffice.
 *
 * 1. Luminance is weighted towards the middle of the picture. Its mean moves towards mid-grey by `EXPOSURE_SHARE`.
 * 2. The mean colour of the picture moves towards grey by `BALANCE_SHARE` (the grey-world assumption, Buchsbaum 1980).
 *
 * @param picture a picture that was taken with `gains`: sRGB.
 * @param target may be `gains`.
 */
export function meterExposure(
  { data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>,
  gains: Readonly<CameraGains>,
  target: CameraGains,
): CameraGains {
  const sums = [0, 0, 0];
  let [luminance, total] = [0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = 4 * (y * width + x);
      color.setRGB(data[i] / 255, data[i + 1] / 255, data[i + 2] / 255, 'srgb');
      const [r, g, b] = [color.r / gains[0], color.g / gains[1], color.b / gains[2]];
      const [u, v] = [((x + 0.5) / width - 0.5) / CENTRE_SHARE, ((y + 0.5) / height - 0.5) / CENTRE_SHARE];
      const weight = Math.exp(-(u * u + v * v) / 2);
      luminance += weight * (0.2126 * r + 0.7152 * g + 0.0722 * b);
      total += weight;
      sums[0] += r;
      sums[1] += g;
      sums[2] += b;
    }
  const [red, green, blue] = sums;
  const isBlack = !(red > 0 && green > 0 && blue > 0);
  const wanted = isBlack ? MAX_GAIN : (MID_GREY / (luminance / total)) ** EXPOSURE_SHARE;
  const level = Math.min(MAX_GAIN, Math.max(1 / MAX_GAIN, wanted));
  target[0] = isBlack ? level : level * (green / red) ** BALANCE_SHARE;
  target[1] = level;
  target[2] = isBlack ? level : level * (green / blue) ** BALANCE_SHARE;
  return target;
}

/**
 * Factors of the conversion from bytes Y, Cb, Cr to R, G, B, all 0..255. With L = luma × (Y − black), U = Cb − 128 and
 * V = Cr − 128: R = L + redCr × V, G = L − greenCb × U − greenCr × V, B = L + blueCb × U. Results are not clamped.
 */
export interface YuvColors {
  black: number;
  luma: number;
  redCr: number;
  greenCb: number;
  greenCr: number;
  blueCb: number;
}

/** Shares of red and blue in luma, 0..1, by standard. Sources: ITU-R BT.601, BT.709 and BT.2020. */
const LUMA_SHARES = { 601: [0.299, 0.114], 709: [0.2126, 0.0722], 2020: [0.2627, 0.0593] } as const;

/**
 * Computes the factors of a standard.
 *
 * @param standard number of the ITU recommendation: 601 for BT.601, 709 for BT.709, 2020 for BT.2020.
 * @param fullRange whether Y, Cb and Cr use 0..255, instead of 16..235 for Y and 16..240 for Cb and Cr.
 */
export function yuvColors(standard: keyof typeof LUMA_SHARES, fullRange: boolean): YuvColors {
  const [red, blue] = LUMA_SHARES[standard];
  const green = 1 - red - blue;
  const chroma = fullRange ? 1 : 255 / 224;
  return {
    black: fullRange ? 0 : 16,
    luma: fullRange ? 1 : 255 / 219,
    redCr: 2 * (1 - red) * chroma,
    greenCb: ((2 * (1 - blue) * blue) / green) * chroma,
    greenCr: ((2 * (1 - red) * red) / green) * chroma,
    blueCb: 2 * (1 - blue) * chroma,
  };
}

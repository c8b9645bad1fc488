/** R = luma × (Y − black) + redCr × Cr, G = … − greenCb × Cb − greenCr × Cr, B = … + blueCb × Cb; bytes, Cb and Cr around 128. */
export interface YuvColors {
  black: number;
  luma: number;
  redCr: number;
  greenCb: number;
  greenCr: number;
  blueCb: number;
}

/** Shares of red and blue in luma. Sources: ITU-R BT.601, BT.709 and BT.2020. */
const lumaShares = { 601: [0.299, 0.114], 709: [0.2126, 0.0722], 2020: [0.2627, 0.0593] } as const;

/** The conversion by a standard; `fullRange`: 0..255 instead of 16..235 (luma) and 16..240 (colour). */
export function yuvColors(standard: keyof typeof lumaShares, fullRange: boolean): YuvColors {
  const [red, blue] = lumaShares[standard];
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

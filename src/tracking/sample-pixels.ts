import type { CropTarget } from './cropper.ts';
import type { Region } from './region.ts';

/** A picture in main memory, as a camera or decoder delivers it: a part of a frame, rows from top to bottom. */
export interface Pixels {
  /** `NV12`: luma, then Cb and Cr in turn at half size. `I420`: luma, Cb, Cr. The rest: four bytes a pixel. */
  format: PixelFormat;
  bytes: Uint8Array;
  /** Of each plane, bytes. */
  offsets: number[];
  strides: number[];
  /** The part of the frame that is there, frame pixels; even where colour comes at half size. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** From luma and colour differences to RGB. */
  colors: YuvColors;
}

export const pixelFormats = ['NV12', 'I420', 'RGBA', 'RGBX', 'BGRA', 'BGRX'] as const;
export type PixelFormat = (typeof pixelFormats)[number];

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
export const yuvColors = (standard: keyof typeof lumaShares, fullRange: boolean): YuvColors => {
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
};

const clamp = (value: number, last: number): number => (value < 0 ? 0 : value > last ? last : value);

const clampByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/** Places are told apart by 1/2048 of a pixel: whole numbers mix faster than fractions, and a byte mixed twice just fits 31 bits. */
const FRACTION_BITS = 11;
const ONE = 1 << FRACTION_BITS;
const FRACTION = ONE - 1;
/** What `bilinear` gives, times this, is a byte. */
const BILINEAR_UNIT = 1 / (ONE * ONE);

/** Mixes the bytes at `at`, `right` further, `down` further, and both; `fx`, `fy`: how far towards these, 0..`FRACTION`. */
const bilinear = (bytes: Uint8Array, at: number, right: number, down: number, fx: number, fy: number): number => {
  const below = at + down;
  const first = bytes[at];
  const second = bytes[below];
  const upper = (first << FRACTION_BITS) + Math.imul(bytes[at + right] - first, fx);
  const lower = (second << FRACTION_BITS) + Math.imul(bytes[below + right] - second, fx);
  return (upper << FRACTION_BITS) + Math.imul(lower - upper, fy);
};

/** A colour sample sits in the middle of four pixels, as in JPEG: a quarter of its own step from the first one. MPEG's shift to the left is not to be seen at this scale. */
const CHROMA_SHIFT = ONE >> 2;

/**
 * Cuts `region` (pixels of a frame of `frameWidth` × `frameHeight`) out of `pixels` into `target`: bilinear, with the border
 * that the target asks for. What lies in the frame but not in `pixels` reads as the nearest pixel that does.
 */
export const sampleRegion = (pixels: Pixels, frameWidth: number, frameHeight: number, region: Region, target: CropTarget): void => {
  const { format, bytes, offsets, strides, left, top, width, height, colors } = pixels;
  const { size, values, scale, offset } = target;
  const black = target.border === 'black';
  const planar = format === 'NV12' || format === 'I420';
  const redAt = format[0] === 'B' ? 2 : 0;
  const lumaAt = offsets[0];
  const lumaStride = strides[0];
  const cbAt = planar ? offsets[1] : 0;
  const crAt = format === 'NV12' ? cbAt + 1 : planar ? offsets[2] : 0;
  const cbStride = planar ? strides[1] : 0;
  const crStride = format === 'NV12' ? cbStride : planar ? strides[2] : 0;
  const chromaStep = format === 'NV12' ? 2 : 1;
  // Of pixel centres, counted from the first one there, in 1 / `ONE`; just short of the last one, which has no neighbour.
  const lastX = Math.imul(width - 1, ONE) - 1;
  const lastY = Math.imul(height - 1, ONE) - 1;
  const lastU = Math.imul((width >> 1) - 1, ONE) - 1;
  const lastV = Math.imul((height >> 1) - 1, ONE) - 1;
  const frameLeft = -(left + 0.5) * ONE;
  const frameTop = -(top + 0.5) * ONE;
  const frameRight = frameLeft + frameWidth * ONE;
  const frameBottom = frameTop + frameHeight * ONE;
  const brightness = colors.luma * BILINEAR_UNIT;
  const darkest = -colors.black * colors.luma;
  const chroma = 128 / BILINEAR_UNIT;
  const redCr = colors.redCr * BILINEAR_UNIT;
  const greenCb = colors.greenCb * BILINEAR_UNIT;
  const greenCr = colors.greenCr * BILINEAR_UNIT;
  const blueCb = colors.blueCb * BILINEAR_UNIT;
  const packedScale = scale * BILINEAR_UNIT;
  const step = (region.size / size) * ONE;
  const cos = Math.cos(region.rotation) * step;
  const sin = Math.sin(region.rotation) * step;
  const half = size / 2 - 0.5;
  const firstX = (region.x - 0.5 - left) * ONE;
  const firstY = (region.y - 0.5 - top) * ONE;
  for (let row = 0, out = 0; row < size; row++) {
    let x = firstX - cos * half - sin * (row - half);
    let y = firstY - sin * half + cos * (row - half);
    for (let column = 0; column < size; column++, out += 3, x += cos, y += sin) {
      if (black && (x < frameLeft || y < frameTop || x > frameRight || y > frameBottom)) {
        values[out] = values[out + 1] = values[out + 2] = offset;
        continue;
      }
      const cx = clamp((x + 0.5) | 0, lastX);
      const cy = clamp((y + 0.5) | 0, lastY);
      const fx = cx & FRACTION;
      const fy = cy & FRACTION;
      const rowAt = lumaAt + Math.imul(cy >> FRACTION_BITS, lumaStride);
      if (!planar) {
        const at = rowAt + ((cx >> FRACTION_BITS) << 2);
        values[out] = bilinear(bytes, at + redAt, 4, lumaStride, fx, fy) * packedScale + offset;
        values[out + 1] = bilinear(bytes, at + 1, 4, lumaStride, fx, fy) * packedScale + offset;
        values[out + 2] = bilinear(bytes, at + 2 - redAt, 4, lumaStride, fx, fy) * packedScale + offset;
        continue;
      }
      const bright = bilinear(bytes, rowAt + (cx >> FRACTION_BITS), 1, lumaStride, fx, fy) * brightness + darkest;
      const u = clamp((cx >> 1) - CHROMA_SHIFT, lastU);
      const v = clamp((cy >> 1) - CHROMA_SHIFT, lastV);
      const fu = u & FRACTION;
      const fv = v & FRACTION;
      const u0 = Math.imul(u >> FRACTION_BITS, chromaStep);
      const v0 = v >> FRACTION_BITS;
      const cb = bilinear(bytes, cbAt + Math.imul(v0, cbStride) + u0, chromaStep, cbStride, fu, fv) - chroma;
      const cr = bilinear(bytes, crAt + Math.imul(v0, crStride) + u0, chromaStep, crStride, fu, fv) - chroma;
      values[out] = clampByte(bright + redCr * cr) * scale + offset;
      values[out + 1] = clampByte(bright - greenCb * cb - greenCr * cr) * scale + offset;
      values[out + 2] = clampByte(bright + blueCb * cb) * scale + offset;
    }
  }
};

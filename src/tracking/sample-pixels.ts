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

const clampByte = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/**
 * Cuts `region` (pixels of a frame of `frameWidth` × `frameHeight`) out of `pixels` into `target`: bilinear, with the border
 * that the target asks for. What lies in the frame but not in `pixels` reads as the nearest pixel that does.
 */
export const sampleRegion = (pixels: Pixels, frameWidth: number, frameHeight: number, region: Region, target: CropTarget): void => {
  const { format, bytes, offsets, strides, left, top, width, height, colors } = pixels;
  const { size, values, scale, offset, border } = target;
  const planar = format === 'NV12' || format === 'I420';
  const redAt = format[0] === 'B' ? 2 : 0;
  const lumaAt = offsets[0];
  const lumaStride = strides[0];
  const cbAt = planar ? offsets[1] : 0;
  const crAt = format === 'NV12' ? cbAt + 1 : planar ? offsets[2] : 0;
  const cbStride = planar ? strides[1] : 0;
  const crStride = format === 'NV12' ? cbStride : planar ? strides[2] : 0;
  const chromaStep = format === 'NV12' ? 2 : 1;
  const lastX = width - 1;
  const lastY = height - 1;
  const lastChromaX = (width >> 1) - 1;
  const lastChromaY = (height >> 1) - 1;
  const { black, luma, redCr, greenCb, greenCr, blueCb } = colors;
  const step = region.size / size;
  const cos = Math.cos(region.rotation) * step;
  const sin = Math.sin(region.rotation) * step;
  const half = size / 2 - 0.5;
  for (let row = 0, out = 0; row < size; row++) {
    // Of pixel centres, counted from the first one there.
    let x = region.x - 0.5 - cos * half - sin * (row - half) - left;
    let y = region.y - 0.5 - sin * half + cos * (row - half) - top;
    for (let column = 0; column < size; column++, out += 3, x += cos, y += sin) {
      if (border === 'black' && (x + left < -0.5 || y + top < -0.5 || x + left > frameWidth - 0.5 || y + top > frameHeight - 0.5)) {
        values[out] = values[out + 1] = values[out + 2] = offset;
        continue;
      }
      const cx = x < 0 ? 0 : x > lastX ? lastX : x;
      const cy = y < 0 ? 0 : y > lastY ? lastY : y;
      const x0 = cx | 0;
      const y0 = cy | 0;
      const fx = cx - x0;
      const fy = cy - y0;
      const right = x0 < lastX ? 1 : 0;
      const down = y0 < lastY ? lumaStride : 0;
      if (!planar) {
        let at = lumaAt + y0 * lumaStride + 4 * x0;
        for (let k = 0; k < 3; k++, at++) {
          const upper = bytes[at] + (bytes[at + 4 * right] - bytes[at]) * fx;
          const lower = bytes[at + down] + (bytes[at + down + 4 * right] - bytes[at + down]) * fx;
          values[out + (k === 1 ? 1 : k === 0 ? redAt : 2 - redAt)] = (upper + (lower - upper) * fy) * scale + offset;
        }
        continue;
      }
      const at = lumaAt + y0 * lumaStride + x0;
      const upper = bytes[at] + (bytes[at + right] - bytes[at]) * fx;
      const lower = bytes[at + down] + (bytes[at + down + right] - bytes[at + down]) * fx;
      const bright = (upper + (lower - upper) * fy - black) * luma;
      // A colour sample sits in the middle of four pixels, as in JPEG; MPEG's half-pixel shift to the left is not to be seen at this scale.
      const u = cx / 2 - 0.25;
      const v = cy / 2 - 0.25;
      const ux = u < 0 ? 0 : u > lastChromaX ? lastChromaX : u;
      const vy = v < 0 ? 0 : v > lastChromaY ? lastChromaY : v;
      const u0 = ux | 0;
      const v0 = vy | 0;
      const fu = ux - u0;
      const fv = vy - v0;
      const nextU = u0 < lastChromaX ? chromaStep : 0;
      const more = v0 < lastChromaY ? 1 : 0;
      const b = cbAt + v0 * cbStride + u0 * chromaStep;
      const bDown = b + more * cbStride;
      const bUpper = bytes[b] + (bytes[b + nextU] - bytes[b]) * fu;
      const bLower = bytes[bDown] + (bytes[bDown + nextU] - bytes[bDown]) * fu;
      const cb = bUpper + (bLower - bUpper) * fv - 128;
      const r = crAt + v0 * crStride + u0 * chromaStep;
      const rDown = r + more * crStride;
      const rUpper = bytes[r] + (bytes[r + nextU] - bytes[r]) * fu;
      const rLower = bytes[rDown] + (bytes[rDown + nextU] - bytes[rDown]) * fu;
      const cr = rUpper + (rLower - rUpper) * fv - 128;
      values[out] = clampByte(bright + redCr * cr) * scale + offset;
      values[out + 1] = clampByte(bright - greenCb * cb - greenCr * cr) * scale + offset;
      values[out + 2] = clampByte(bright + blueCb * cb) * scale + offset;
    }
  }
};

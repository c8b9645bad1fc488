import { compileKernel, growMemory, instantiateKernel, KERNEL_MEMORY_START } from '../math/instantiate-kernel.ts';
import { AFFINE_VALUES, cropToFrameAffine } from './crop-affines.ts';
import type { CropTarget } from './cropper.ts';
import type { Region } from './region.ts';
import samplePlanesWasm from './sample-planes-wasm.ts';
import type { YuvColors } from './yuv-colors.ts';

/**
 * Samples crops of pictures in main memory bilinearly, by a WebAssembly kernel with SIMD. Input: bytes of a frame as
 * YUV or RGB planes, and a rotated square of the frame. Output: the square as RGB network values.
 *
 * 1. `reserve` returns an array in the kernel's memory; the caller copies the planes of the picture into it.
 * 2. `sample` describes the planes to the kernel, computes the affine from the crop to them, and has the kernel sample
 *    the crop.
 * 3. It copies the values, in the network's range, into the target.
 */

/**
 * Pixel formats of `VideoFrame` that the kernel reads. `NV12`: a plane of luma, and a plane of alternating Cb and Cr at
 * half width and height. `I420`: planes of luma, Cb and Cr, the last two at half width and height. The others: one
 * plane, four bytes per pixel in the order of the letters.
 */
export const PIXEL_FORMATS = ['NV12', 'I420', 'RGBA', 'RGBX', 'BGRA', 'BGRX'] as const;
/** One of `PIXEL_FORMATS`. */
export type PixelFormat = (typeof PIXEL_FORMATS)[number];

/** A rectangle of a frame in the kernel's memory, as a camera or decoder delivers it; rows from top to bottom. */
export interface Planes {
  format: PixelFormat;
  /** Index of each plane's first byte in the array that `reserve` returned. */
  offsets: number[];
  /** Number of bytes from one row of each plane to the next. */
  strides: number[];
  /** The rectangle in the frame, px; even numbers, because chroma planes have half size. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** Conversion of luma and colour differences to RGB; unused for RGB formats. */
  colors: YuvColors;
}

/**
 * Exports of tools/kernels/sample-planes.as.ts, which describes the parameters. Addresses (`luma`, `cb`, `cr`, `start`,
 * `out`) and strides are in bytes, `width` and `height` in pixels, positions in 1/2048 pixel.
 */
interface Kernel {
  memory: WebAssembly.Memory;
  setPlanes(
    luma: number,
    lumaStride: number,
    cb: number,
    cr: number,
    chromaStride: number,
    interleaved: boolean,
    width: number,
    height: number,
  ): void;
  setPixels(start: number, stride: number, isBlueFirst: boolean, width: number, height: number): void;
  setColors(black: number, luma: number, redCr: number, greenCb: number, greenCr: number, blueCb: number): void;
  setTarget(left: number, top: number, right: number, bottom: number, scale: number, offset: number): void;
  sample(x: number, y: number, cos: number, sin: number, size: number, out: number): void;
}

/** Address of the crop in the kernel's memory, bytes; the planes follow. */
const CROP_ADDRESS = KERNEL_MEMORY_START;
const CROP_VALUE_BYTES = 4;
/** The kernel reads up to this many bytes beyond the last byte of a picture. */
const SLACK_BYTES = 16;
/** The kernel's unit of position is 1/2048 pixel. */
const UNITS_PER_PIXEL = 2048;
/** Largest position of the kernel, whose positions are 32-bit integers. */
const MAX_POSITION = 2 ** 31 - 1;

/** A kernel with memory of its own, for one frame at a time. */
export class PlanesKernel {
  readonly #kernel = instantiateKernel<Kernel>(compileKernel(samplePlanesWasm));
  readonly #planesAddress: number;
  readonly #cropToFrame = new Array<number>(AFFINE_VALUES).fill(0);
  #bytes: Uint8Array;
  #crop: Float32Array;

  /** @param maxSize largest side of the crops, px. */
  constructor(maxSize: number) {
    this.#planesAddress = CROP_ADDRESS + maxSize ** 2 * 3 * CROP_VALUE_BYTES;
    growMemory(this.#kernel.memory, this.#planesAddress);
    this.#bytes = new Uint8Array(this.#kernel.memory.buffer, this.#planesAddress);
    this.#crop = new Float32Array(this.#kernel.memory.buffer, CROP_ADDRESS, maxSize ** 2 * 3);
  }

  /** Returns an array of at least `byteLength` bytes for the planes. A later call for more bytes makes it invalid. */
  reserve(byteLength: number): Uint8Array {
    if (this.#bytes.byteLength < byteLength + SLACK_BYTES) {
      const { memory } = this.#kernel;
      const cropLength = this.#crop.length;
      growMemory(memory, this.#planesAddress + byteLength + SLACK_BYTES);
      this.#bytes = new Uint8Array(memory.buffer, this.#planesAddress);
      this.#crop = new Float32Array(memory.buffer, CROP_ADDRESS, cropLength);
    }
    return this.#bytes;
  }

  /**
   * Writes a crop of the frame into `target.values`.
   *
   * @param planes a rectangle of the frame, in the array that `reserve` returned. A sample outside the rectangle has
   * the value of its nearest pixel.
   * @param frameWidth width of the frame, px, as `frameHeight`.
   * @param region rotated square to sample, frame pixels; outside the frame `target.border` applies.
   * @param target its `size` must be a multiple of 4, and at most `maxSize`.
   */
  sample(planes: Planes, frameWidth: number, frameHeight: number, region: Region, target: CropTarget): void {
    const { format, offsets, strides, left, top, width, height, colors } = planes;
    const { size, scale, offset, border } = target;
    const kernel = this.#kernel;
    const start = this.#planesAddress;
    if (format === 'NV12' || format === 'I420') {
      const interleaved = format === 'NV12';
      kernel.setPlanes(
        start + offsets[0],
        strides[0],
        start + offsets[1],
        interleaved ? start + offsets[1] + 1 : start + offsets[2],
        strides[1],
        interleaved,
        width,
        height,
      );
      kernel.setColors(colors.black, colors.luma, colors.redCr, colors.greenCb, colors.greenCr, colors.blueCb);
    } else kernel.setPixels(start + offsets[0], strides[0], format[0] === 'B', width, height);
    // The kernel's positions count from the centre of the rectangle's first pixel.
    const fromX = -(left + 0.5) * UNITS_PER_PIXEL;
    const fromY = -(top + 0.5) * UNITS_PER_PIXEL;
    if (border === 'black')
      kernel.setTarget(
        fromX,
        fromY,
        fromX + frameWidth * UNITS_PER_PIXEL,
        fromY + frameHeight * UNITS_PER_PIXEL,
        scale,
        offset,
      );
    else kernel.setTarget(-MAX_POSITION, -MAX_POSITION, MAX_POSITION, MAX_POSITION, scale, offset);
    cropToFrameAffine(region, size, this.#cropToFrame);
    const [a, b, c, d, e, f] = this.#cropToFrame;
    // The centre of the crop's first pixel, in pixels from the centre of the rectangle's first pixel.
    const firstX = c + (a + b) / 2 - left - 0.5;
    const firstY = f + (d + e) / 2 - top - 0.5;
    kernel.sample(
      firstX * UNITS_PER_PIXEL,
      firstY * UNITS_PER_PIXEL,
      a * UNITS_PER_PIXEL,
      d * UNITS_PER_PIXEL,
      size,
      CROP_ADDRESS,
    );
    const values = size ** 2 * 3;
    target.values.set(values === this.#crop.length ? this.#crop : this.#crop.subarray(0, values));
  }
}

import { AFFINE_VALUES, cropToFrameAffine } from './crop-affines.ts';
import type { CropTarget } from './cropper.ts';
import { growMemory, instantiateKernel, KERNEL_MEMORY_START } from './instantiate-kernel.ts';
import type { Region } from './region.ts';
import samplePlanesWasm from './sample-planes-wasm.ts';
import type { YuvColors } from './yuv-colors.ts';

/** `NV12`: luma, then Cb and Cr in turn at half size. `I420`: luma, Cb, Cr. The rest: one plane, four bytes a pixel. */
export const pixelFormats = ['NV12', 'I420', 'RGBA', 'RGBX', 'BGRA', 'BGRX'] as const;
export type PixelFormat = (typeof pixelFormats)[number];

/** A picture in the kernel's memory, as a camera or decoder delivers it: a part of a frame, rows from top to bottom. */
export interface Planes {
  format: PixelFormat;
  /** Of each plane, from the first byte of `room`. */
  offsets: number[];
  /** Of each plane, bytes. */
  strides: number[];
  /** The part of the frame that is there, frame pixels; all even, as colour comes at half size. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** From luma and colour differences to RGB, where it is not that. */
  colors: YuvColors;
}

/** Of tools/kernels/sample-planes.as.ts. */
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

const CROP_AT = KERNEL_MEMORY_START;
const CROP_VALUE_BYTES = 4;
/** The kernel reads a little beyond a picture's last byte. */
const SLACK_BYTES = 16;
/** The kernel's fixed point: places are told apart by 1/2048 of a pixel. */
const ONE = 2048;
const FARTHEST = 2 ** 31 - 1;

/** Cuts crops out of pictures in main memory: bilinear, by WebAssembly's SIMD. */
export class PlanesKernel {
  readonly #kernel = instantiateKernel<Kernel>(samplePlanesWasm);
  readonly #planesAt: number;
  readonly #cropToFrame = new Array<number>(AFFINE_VALUES).fill(0);
  #room: Uint8Array;
  #crop: Float32Array;

  /** `maxSize`: of the crops, pixels. */
  constructor(maxSize: number) {
    this.#planesAt = CROP_AT + maxSize ** 2 * 3 * CROP_VALUE_BYTES;
    growMemory(this.#kernel.memory, this.#planesAt);
    this.#room = new Uint8Array(this.#kernel.memory.buffer, this.#planesAt);
    this.#crop = new Float32Array(this.#kernel.memory.buffer, CROP_AT, maxSize ** 2 * 3);
  }

  /** Memory for a picture of so many bytes, or more; good until more is asked for. */
  room(byteLength: number): Uint8Array {
    if (this.#room.byteLength < byteLength + SLACK_BYTES) {
      const { memory } = this.#kernel;
      const cropLength = this.#crop.length;
      growMemory(memory, this.#planesAt + byteLength + SLACK_BYTES);
      this.#room = new Uint8Array(memory.buffer, this.#planesAt);
      this.#crop = new Float32Array(memory.buffer, CROP_AT, cropLength);
    }
    return this.#room;
  }

  /**
   * Cuts `region` (pixels of a frame of `frameWidth` × `frameHeight`) out of `planes`, which lie in `room`, into `target`, with the border
   * that it asks for. Its size is a multiple of 4. What lies in the frame but not in `planes` reads as the nearest pixel that does.
   */
  sample(planes: Planes, frameWidth: number, frameHeight: number, region: Region, target: CropTarget): void {
    const { format, offsets, strides, left, top, width, height, colors } = planes;
    const { size, scale, offset, border } = target;
    const kernel = this.#kernel;
    const at = this.#planesAt;
    if (format === 'NV12' || format === 'I420') {
      const interleaved = format === 'NV12';
      kernel.setPlanes(
        at + offsets[0],
        strides[0],
        at + offsets[1],
        interleaved ? at + offsets[1] + 1 : at + offsets[2],
        strides[1],
        interleaved,
        width,
        height,
      );
      kernel.setColors(colors.black, colors.luma, colors.redCr, colors.greenCb, colors.greenCr, colors.blueCb);
    } else kernel.setPixels(at + offsets[0], strides[0], format[0] === 'B', width, height);
    // Pixel centres are counted from the first one there.
    const fromX = -(left + 0.5) * ONE;
    const fromY = -(top + 0.5) * ONE;
    if (border === 'black')
      kernel.setTarget(fromX, fromY, fromX + frameWidth * ONE, fromY + frameHeight * ONE, scale, offset);
    else kernel.setTarget(-FARTHEST, -FARTHEST, FARTHEST, FARTHEST, scale, offset);
    cropToFrameAffine(region, size, this.#cropToFrame);
    const [a, b, c, d, e, f] = this.#cropToFrame;
    // The centre of the crop's first pixel in the kernel's coordinates, which are 0 at the centre of the planes' first.
    const firstX = c + (a + b) / 2 - left - 0.5;
    const firstY = f + (d + e) / 2 - top - 0.5;
    kernel.sample(firstX * ONE, firstY * ONE, a * ONE, d * ONE, size, CROP_AT);
    const values = size ** 2 * 3;
    target.values.set(values === this.#crop.length ? this.#crop : this.#crop.subarray(0, values));
  }
}

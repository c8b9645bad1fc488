import { compileKernel, growMemory, instantiateKernel, KERNEL_MEMORY_START } from '../math/instantiate-kernel.ts';
import { AFFINE_VALUES, maskToCropAffine } from './crop-affines.ts';
import layMaskWasm from './lay-mask-wasm.ts';
import { MAX_MASK_SIDE, maskSize } from './mask-size.ts';
import { CERTAINTY_FACTORS, PREVIOUS_RATIO } from './mask-smoothing.ts';
import type { Region } from './region.ts';
import type { MaskReply } from './tracking-protocol.ts';

/**
 * Computes the person mask of a frame from the network's mask of a crop, in main memory, by a WebAssembly kernel.
 * Input: `cropSize`² values of the network, row by row from the top. Output: one byte 0..255 per pixel of a mask of the
 * whole frame (at most 256 px on its longer side). Call for each frame, in this order:
 *
 * 1. `setCrop` copies the network's values for the crop.
 * 2. `project` samples them for every pixel of the frame's mask, 0 outside the crop, and smooths the result with the
 *    mask of the last frame (see `mask-smoothing.ts`).
 * 3. `toBytes` copies the mask out as coverage 0..255.
 *
 * `WebGpuFrameMask` does the same on the GPU.
 */

/**
 * Exports of tools/kernels/lay-mask.as.ts, which describes the parameters. `from`, `to`, `crop`, `before` and `bytes`
 * are addresses in its memory, in bytes; (`u`, `v`) and the steps (`du`, −`dv`) and (`rowU`, `rowV`) are crop pixels.
 */
interface Kernel {
  memory: WebAssembly.Memory;
  frame(from: number, size: number, to: number, isLogits: boolean): void;
  setSteadying(s1: number, s2: number, s3: number, s4: number, s5: number, previousRatio: number): void;
  lay(
    crop: number,
    size: number,
    u: number,
    v: number,
    du: number,
    dv: number,
    rowU: number,
    rowV: number,
    width: number,
    height: number,
    before: number,
    to: number,
    bytes: number,
  ): void;
}

const FLOAT_BYTES = 4;
/** The kernel writes four values at a time. */
const MAX_MASK_VALUES = MAX_MASK_SIDE ** 2 + 4;

/** The masks of one sequence of frames: this frame's and the last one, which smooths it. */
export class FrameMask {
  readonly #cropSize: number;
  readonly #maskToCrop = new Array<number>(AFFINE_VALUES).fill(0);
  readonly #kernel = instantiateKernel<Kernel>(compileKernel(layMaskWasm));
  // Addresses in the kernel's memory: the crop with a border of zeros, the values of this mask and of the last one, and
  // the bytes of this mask.
  readonly #borderedAddress: number;
  readonly #bytesAddress: number;
  #valuesAddress: number;
  #previousAddress: number;
  /** The network's values, in the kernel's memory. */
  readonly #crop: Float32Array;
  #width = 0;
  #height = 0;

  /** @param cropSize side of the crops, px, a multiple of 4. */
  constructor(cropSize: number) {
    this.#cropSize = cropSize;
    this.#borderedAddress = KERNEL_MEMORY_START + cropSize ** 2 * FLOAT_BYTES;
    this.#valuesAddress = this.#borderedAddress + (cropSize + 2) ** 2 * FLOAT_BYTES;
    this.#previousAddress = this.#valuesAddress + MAX_MASK_VALUES * FLOAT_BYTES;
    this.#bytesAddress = this.#previousAddress + MAX_MASK_VALUES * FLOAT_BYTES;
    const { memory } = this.#kernel;
    growMemory(memory, this.#bytesAddress + MAX_MASK_VALUES);
    this.#crop = new Float32Array(memory.buffer, KERNEL_MEMORY_START, cropSize ** 2);
    this.#kernel.setSteadying(...CERTAINTY_FACTORS, PREVIOUS_RATIO);
  }

  /**
   * Copies the network's output for the crop: `cropSize`² values, row by row, as logits (sigmoid not yet applied) or as
   * probabilities 0..1.
   */
  setCrop(values: Float32Array, kind: 'logits' | 'probabilities'): void {
    this.#crop.set(values);
    this.#kernel.frame(KERNEL_MEMORY_START, this.#cropSize, this.#borderedAddress, kind === 'logits');
  }

  /**
   * Computes the mask of a frame.
   *
   * @param frameWidth width of the frame, px, as `frameHeight`.
   * @param region part of the frame that the crop shows, frame pixels.
   * @param isSmoothed whether to smooth with the last mask, because it is of the same person. A last mask of another
   * size is not used.
   */
  project(frameWidth: number, frameHeight: number, region: Region, isSmoothed: boolean): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const isSameSize = width === this.#width && height === this.#height;
    this.#width = width;
    this.#height = height;
    [this.#valuesAddress, this.#previousAddress] = [this.#previousAddress, this.#valuesAddress];
    maskToCropAffine(region, this.#cropSize, frameWidth, frameHeight, width, height, this.#maskToCrop);
    const [a, b, c, d, e, f] = this.#maskToCrop;
    this.#kernel.lay(
      this.#borderedAddress,
      this.#cropSize,
      c,
      f,
      a,
      -d,
      b,
      e,
      width,
      height,
      isSmoothed && isSameSize ? this.#previousAddress : 0,
      this.#valuesAddress,
      this.#bytesAddress,
    );
  }

  /** The mask as coverage 0..255, row by row from the top: a view of the kernel's memory, valid until `project`. */
  get bytes(): Uint8ClampedArray {
    return new Uint8ClampedArray(this.#kernel.memory.buffer, this.#bytesAddress, this.#width * this.#height);
  }

  /**
   * Returns the mask as coverage 0..255, row by row from the top, in a buffer that the caller may transfer.
   *
   * @param spare a buffer to reuse; a new buffer is created if it is null or of another length.
   */
  toBytes(spare: ArrayBuffer | null): MaskReply {
    const length = this.#width * this.#height;
    const pixels = spare?.byteLength === length ? spare : new ArrayBuffer(length);
    new Uint8ClampedArray(pixels).set(this.bytes);
    return { width: this.#width, height: this.#height, pixels };
  }
}

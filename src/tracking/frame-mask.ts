import { AFFINE_VALUES, maskToCropAffine } from './crop-affines.ts';
import { growMemory, instantiateKernel, KERNEL_MEMORY_START } from './instantiate-kernel.ts';
import layMaskWasm from './lay-mask-wasm.ts';
import { MAX_MASK_SIDE, maskSize } from './mask-size.ts';
import { PREVIOUS_RATIO, SURENESS } from './mask-steadying.ts';
import type { Region } from './region.ts';
import type { MaskReply } from './tracking-protocol.ts';

/** Of tools/kernels/lay-mask.as.ts. */
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

/** The person mask of a frame, in main memory: laid over the frame from a crop, steadied by the mask before it. */
export class FrameMask {
  readonly #cropSize: number;
  readonly #maskToCrop = new Array<number>(AFFINE_VALUES).fill(0);
  readonly #kernel = instantiateKernel<Kernel>(layMaskWasm);
  /** Where things lie in the kernel's memory: the crop with a border of zeros, the masks of this frame and the last one, and this one's bytes. */
  readonly #borderedAt: number;
  readonly #bytesAt: number;
  #valuesAt: number;
  #previousAt: number;
  /** The crop as it comes. */
  readonly #crop: Float32Array;
  #width = 0;
  #height = 0;

  /** `cropSize`: side of the crops, a multiple of 4. */
  constructor(cropSize: number) {
    this.#cropSize = cropSize;
    this.#borderedAt = KERNEL_MEMORY_START + cropSize ** 2 * FLOAT_BYTES;
    this.#valuesAt = this.#borderedAt + (cropSize + 2) ** 2 * FLOAT_BYTES;
    this.#previousAt = this.#valuesAt + MAX_MASK_VALUES * FLOAT_BYTES;
    this.#bytesAt = this.#previousAt + MAX_MASK_VALUES * FLOAT_BYTES;
    const { memory } = this.#kernel;
    growMemory(memory, this.#bytesAt + MAX_MASK_VALUES);
    this.#crop = new Float32Array(memory.buffer, KERNEL_MEMORY_START, cropSize ** 2);
    this.#kernel.setSteadying(...SURENESS, PREVIOUS_RATIO);
  }

  /** Takes what a network says of the crop's pixels, `cropSize`² values. */
  take(values: Float32Array, kind: 'logits' | 'probabilities'): void {
    this.#crop.set(values);
    this.#kernel.frame(KERNEL_MEMORY_START, this.#cropSize, this.#borderedAt, kind === 'logits');
  }

  /** Lays what was taken over the frame, whose `region` the crop was: bilinear, 0 outside. `steady`: the last mask was of the same person. */
  lay(frameWidth: number, frameHeight: number, region: Region, steady: boolean): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const fits = width === this.#width && height === this.#height;
    this.#width = width;
    this.#height = height;
    [this.#valuesAt, this.#previousAt] = [this.#previousAt, this.#valuesAt];
    maskToCropAffine(region, this.#cropSize, frameWidth, frameHeight, width, height, this.#maskToCrop);
    const [a, b, c, d, e, f] = this.#maskToCrop;
    this.#kernel.lay(
      this.#borderedAt,
      this.#cropSize,
      c,
      f,
      a,
      -d,
      b,
      e,
      width,
      height,
      steady && fits ? this.#previousAt : 0,
      this.#valuesAt,
      this.#bytesAt,
    );
  }

  /** Coverage as bytes, in `spare` if that fits. */
  toBytes(spare: ArrayBuffer | null): MaskReply {
    const length = this.#width * this.#height;
    const pixels = spare?.byteLength === length ? spare : new ArrayBuffer(length);
    new Uint8Array(pixels).set(new Uint8Array(this.#kernel.memory.buffer, this.#bytesAt, length));
    return { width: this.#width, height: this.#height, pixels };
  }
}

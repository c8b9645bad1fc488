import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import type { Box } from './box.ts';
import parseWasm from './parse-wasm.ts';
import { CLASSES } from './person-classes.ts';
import type { Thumbnail } from './thumbnail.ts';

/** Numbers that bound a box, in the order of the kernel's parameters. */
type Bounds = [left: number, top: number, right: number, bottom: number];
/** An address in the kernel's memory, bytes. */
type Address = WebAssembly.Global<'i32'>;

/** Exports of tools/kernels/parse.as.ts and the files beside it, which describe them. */
interface Exports {
  memory: WebAssembly.Memory;
  values: Address;
  mask: Address;
  result: Address;
  last: Address;
  maskOdds: Address;
  edgeWeights: Address;
  stillShares: Address;
  counts: Address;
  classLogs: Address;
  backgroundLogs: Address;
  tallies: Address;
  reserve(columns: number, rows: number, valueBytes: number): void;
  swapFrames(): void;
  forgetFrames(): void;
  readPicture(
    height: number,
    isFloat: boolean,
    first: number,
    pixelStep: number,
    rowStep: number,
    ...more: [...Bounds, step: number]
  ): void;
  clearPrior(...more: [...Bounds, floor: number]): void;
  addPart(...more: [...Bounds, ...part: number[]]): void;
  normalisePrior(...bounds: Bounds): void;
  weighEdges(...bounds: Bounds): number;
  score(...more: [...Bounds, noPerson: number, colorWeight: number, maxBackground: number, maxEvidence: number]): void;
  spread(...bounds: Bounds): void;
  settle(...more: [...Bounds, hasLast: boolean]): void;
  learnBackground(height: number, step: number, most: number): void;
  learnPerson(
    ...more: [
      ...Bounds,
      least: number,
      hasFound: boolean,
      sureHair: number,
      sureSkin: number,
      sureUpper: number,
      sureLower: number,
      skinLike: number,
      seedWeight: number,
      skinCaution: number,
      sureByte: number,
      foundWeight: number,
    ]
  ): void;
  forget(colorClass: number, share: number): void;
  refresh(colorClass: number, unlikely: number, unseen: number, few: number): void;
}

/** Number of values of a table by byte. */
const BYTE_VALUES = 256;

/** Memory and functions of the WebAssembly that works on pixels, for pictures of one size. */
export class ParserKernel {
  readonly width: number;
  readonly height: number;
  readonly functions: Exports;
  /** Coverage by the person, a byte a pixel. */
  readonly mask: Uint8ClampedArray;
  /** By class of a person: pixels at sure places, and then those of them that look like the skin. */
  readonly tallies: Float32Array;
  /** Tables by byte: log-odds of the person, weight of an edge, share of the last frame. */
  readonly maskOdds: Float32Array;
  readonly edgeWeights: Float32Array;
  readonly stillShares: Float32Array;
  /** This frame's classes and the last one's. */
  readonly #classes: [Uint8Array, Uint8Array];
  readonly #values: Float32Array | Uint8Array;

  /** `values`: those of a thumbnail; all thumbnails have their number and type. */
  constructor(width: number, height: number, { values }: Thumbnail) {
    this.width = width;
    this.height = height;
    this.functions = instantiateKernel<Exports>(compileKernel(parseWasm));
    const { functions } = this;
    const pixels = width * height;
    functions.reserve(width, height, values.byteLength);
    const { buffer } = functions.memory;
    const floats = (address: Address, length: number): Float32Array => this.floats(address, length);
    this.#classes = [
      new Uint8Array(buffer, functions.result.value, CLASSES * pixels),
      new Uint8Array(buffer, functions.last.value, CLASSES * pixels),
    ];
    this.mask = new Uint8ClampedArray(buffer, functions.mask.value, pixels);
    this.tallies = floats(functions.tallies, 2 * CLASSES);
    this.maskOdds = floats(functions.maskOdds, BYTE_VALUES);
    this.edgeWeights = floats(functions.edgeWeights, BYTE_VALUES);
    this.stillShares = floats(functions.stillShares, BYTE_VALUES);
    this.#values =
      values instanceof Float32Array
        ? floats(functions.values, values.length)
        : new Uint8Array(buffer, functions.values.value, values.length);
  }

  /** Whether it can work on such pictures. */
  fits(width: number, height: number, { values }: Thumbnail): boolean {
    const isSame = values instanceof Float32Array === this.#values instanceof Float32Array;
    return isSame && values.length === this.#values.length && width === this.width && height === this.height;
  }

  /** A view of `length` floats at an address. */
  floats(address: Address, length: number): Float32Array {
    return new Float32Array(this.functions.memory.buffer, address.value, length);
  }

  /** This frame's classes: four bytes a pixel. */
  get result(): Uint8Array {
    return this.#classes[0];
  }

  /** Forgets the last frame: its picture is black, and no pixel has a class. */
  forgetFrames(): void {
    this.functions.forgetFrames();
  }

  /**
   * Begins a frame: takes the picture in the box and the bins of its colours, and of every `step`-th pixel elsewhere, in
   * both directions. No pixel has a class yet.
   */
  takePicture({ values, first, pixelStep, rowStep }: Thumbnail, box: Box, step: number): void {
    const { functions } = this;
    this.#values.set(values);
    functions.swapFrames();
    this.#classes.reverse();
    this.result.fill(0);
    const isFloat = values instanceof Float32Array;
    const { left, top, right, bottom } = box;
    functions.readPicture(this.height, isFloat, first, pixelStep, rowStep, left, top, right, bottom, step);
  }
}

import { type WebGPUProgram, webgpu_util } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { PREVIOUS_RATIO, SURENESS } from './mask-steadying.ts';

/** Values of the program's own uniforms, for `runWebGPUProgram`. */
export type UniformValues = { type: 'float32'; data: number[] }[];

/**
 * What `FrameMask` does, on the GPU: one invocation a pixel of the frame's mask. Inputs: the crop's mask, square, and
 * the frame's last mask, height × width as the output. An object serves one run, since tfjs writes into it.
 */
export class WebGpuMaskProgram implements WebGPUProgram {
  readonly variableNames = ['crop', 'previous'];
  readonly uniforms = 'toColumn: vec3<f32>, previousRatio: f32, toRow: vec3<f32>,';
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly size = true;
  readonly outputShape: number[];
  readonly dispatchLayout: { x: number[] };
  dispatch: [number, number, number];
  shaderKey: string;
  readonly #cropSize: number;
  readonly #logits: boolean;

  /** `logits`: what the crop's mask holds, instead of probabilities. */
  constructor(cropSize: number, width: number, height: number, logits: boolean) {
    this.#cropSize = cropSize;
    this.#logits = logits;
    this.shaderKey = `layMask_${cropSize}_${logits}`;
    this.outputShape = [height, width];
    this.dispatchLayout = webgpu_util.flatDispatchLayout(this.outputShape);
    this.dispatch = webgpu_util.computeDispatch(this.dispatchLayout, this.outputShape, this.workgroupSize);
  }

  /** `maskToCrop`: six values; `steady`: lean on the previous mask. */
  static uniformValues(maskToCrop: readonly number[], steady: boolean): UniformValues {
    return [
      { type: 'float32', data: maskToCrop.slice(0, 3) },
      { type: 'float32', data: [steady ? PREVIOUS_RATIO : 0] },
      { type: 'float32', data: maskToCrop.slice(3) },
    ];
  }

  getUserCode(): string {
    const side = this.#cropSize;
    const [last, ...rest] = [...SURENESS].reverse();
    return /* wgsl */ `
fn coverageAt(column: i32, row: i32) -> f32 {
  if (column < 0 || row < 0 || column >= ${side} || row >= ${side}) { return 0; }
  let value = crop[row * ${side} + column];
  return ${this.#logits ? '1 / (1 + exp(-value))' : 'value'};
}
fn main(index: i32) {
  if (index >= uniforms.size) { return; }
  let width = uniforms.outShape[1];
  let pixel = vec3f(f32(index % width), f32(index / width), 1);
  let at = vec2f(dot(uniforms.toColumn, pixel), dot(uniforms.toRow, pixel));
  let corner = vec2i(floor(at));
  let share = fract(at);
  let value = mix(
    mix(coverageAt(corner.x, corner.y), coverageAt(corner.x + 1, corner.y), share.x),
    mix(coverageAt(corner.x, corner.y + 1), coverageAt(corner.x + 1, corner.y + 1), share.x),
    share.y,
  );
  let centred = value - 0.5;
  let x = centred * centred;
  let sure = x * ${rest.reduce((sum, factor) => `(${factor} + x * ${sum})`, `${last}`)};
  let uncertainty = 1 - min(1, sure);
  result[index] = mix(value, previous[index], uncertainty * uniforms.previousRatio);
}`;
  }
}

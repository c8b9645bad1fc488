import { type WebGPUProgram, webgpu_util } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { CERTAINTY_FACTORS, PREVIOUS_RATIO } from './mask-smoothing.ts';

/** Values of the uniforms that the program declares, in that order, for tfjs's `runWebGPUProgram`. */
export type UniformValues = { type: 'float32'; data: number[] }[];

/**
 * A program of tfjs (TensorFlow.js): the shader of `WebGpuFrameMask`, one invocation per pixel of the frame's mask.
 * Inputs: the network's mask of the crop, `cropSize`² values, and the last mask of the frame, height × width values
 * 0..1. Output: the new mask, height × width values 0..1, row by row from the top: the crop's mask sampled bilinearly,
 * 0 outside the crop, smoothed with the last mask. Create an object for each run, because tfjs writes into it.
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
  readonly #isLogits: boolean;

  /**
   * @param cropSize side of the crop, px.
   * @param width width of the frame's mask, px, as `height`.
   * @param isLogits whether the mask of the crop holds logits instead of probabilities 0..1.
   */
  constructor(cropSize: number, width: number, height: number, isLogits: boolean) {
    this.#cropSize = cropSize;
    this.#isLogits = isLogits;
    this.shaderKey = `projectMask_${cropSize}_${isLogits}`;
    this.outputShape = [height, width];
    this.dispatchLayout = webgpu_util.flatDispatchLayout(this.outputShape);
    this.dispatch = webgpu_util.computeDispatch(this.dispatchLayout, this.outputShape, this.workgroupSize);
  }

  /**
   * Returns the values of the uniforms for a run.
   *
   * @param maskToCrop affine a … f from pixel indices of the mask to pixel indices of the crop (`maskToCropAffine`).
   * @param isSmoothed whether to smooth with the last mask.
   */
  static uniformValues(maskToCrop: readonly number[], isSmoothed: boolean): UniformValues {
    return [
      { type: 'float32', data: maskToCrop.slice(0, 3) },
      { type: 'float32', data: [isSmoothed ? PREVIOUS_RATIO : 0] },
      { type: 'float32', data: maskToCrop.slice(3) },
    ];
  }

  /** Returns the shader's WGSL, which tfjs completes with declarations of inputs, uniforms and output. */
  getUserCode(): string {
    const side = this.#cropSize;
    const [last, ...rest] = [...CERTAINTY_FACTORS].reverse();
    return /* wgsl */ `
fn coverageAt(column: i32, row: i32) -> f32 {
  if (column < 0 || row < 0 || column >= ${side} || row >= ${side}) { return 0; }
  let value = crop[row * ${side} + column];
  return ${this.#isLogits ? '1 / (1 + exp(-value))' : 'value'};
}
fn main(index: i32) {
  if (index >= uniforms.size) { return; }
  let width = uniforms.outShape[1];
  let pixel = vec3f(f32(index % width), f32(index / width), 1);
  let position = vec2f(dot(uniforms.toColumn, pixel), dot(uniforms.toRow, pixel));
  let corner = vec2i(floor(position));
  let share = fract(position);
  let value = mix(
    mix(coverageAt(corner.x, corner.y), coverageAt(corner.x + 1, corner.y), share.x),
    mix(coverageAt(corner.x, corner.y + 1), coverageAt(corner.x + 1, corner.y + 1), share.x),
    share.y,
  );
  let centred = value - 0.5;
  let x = centred * centred;
  let certainty = x * ${rest.reduce((sum, factor) => `(${factor} + x * ${sum})`, `${last}`)};
  let uncertainty = 1 - min(1, certainty);
  result[index] = mix(value, previous[index], uncertainty * uniforms.previousRatio);
}`;
  }
}

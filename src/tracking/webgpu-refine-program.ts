import { type WebGPUProgram, webgpu_util } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { KERNEL_SIZE, MIN_CONFIDENCE, RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

/**
 * A program of tfjs (TensorFlow.js) that does on the GPU what `refineLandmarks` does on the CPU: it moves each landmark
 * to the centre of mass of its heatmap around it, one invocation per landmark. Inputs, in this order: landmarks (count
 * × 5, x and y in crop pixels), score (1), world landmarks (count × 3, metres), heatmaps (1 × side × side × count
 * logits). Output: refined landmarks, score and unchanged world landmarks in one array of count × 5 + 1 + count × 3
 * values, so that one read fetches all that the CPU needs. Create an object for each run, because tfjs writes into it.
 */
export class WebGpuRefineProgram implements WebGPUProgram {
  readonly variableNames = ['landmarks', 'score', 'world', 'heatmaps'];
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly outputShape: number[];
  readonly dispatchLayout: { x: number[] };
  dispatch: [number, number, number];
  shaderKey = 'refineLandmarks';
  readonly #cropSize: number;

  /**
   * @param count number of landmarks.
   * @param cropSize side of the square crop, px.
   */
  constructor(count: number, cropSize: number) {
    this.#cropSize = cropSize;
    this.outputShape = [count * RAW_LANDMARK_VALUES + 1 + count * 3];
    this.dispatchLayout = webgpu_util.flatDispatchLayout(this.outputShape);
    this.dispatch = webgpu_util.computeDispatch(this.dispatchLayout, [count], this.workgroupSize);
  }

  /** Returns the shader's WGSL, which tfjs completes with declarations of inputs, uniforms and output. */
  getUserCode(): string {
    return /* wgsl */ `
fn main(i: i32) {
  let side = uniforms.heatmapsShape[1];
  let count = uniforms.heatmapsShape[3];
  if (i >= count) { return; }
  let offset = i * ${RAW_LANDMARK_VALUES};
  let toCell = f32(side) / ${this.#cropSize};
  var point = vec2f(landmarks[offset], landmarks[offset + 1]);
  let cell = vec2i(trunc(point * toCell));
  if (all(cell >= vec2i(0)) && all(cell < vec2i(side))) {
    let first = max(vec2i(0), cell - ${(KERNEL_SIZE - 1) / 2});
    let last = min(vec2i(side - 1), cell + ${(KERNEL_SIZE - 1) / 2});
    var sum = vec3f(0);
    var highest = 0f;
    for (var y = first.y; y <= last.y; y++) {
      for (var x = first.x; x <= last.x; x++) {
        let confidence = 1 / (1 + exp(-heatmaps[(y * side + x) * count + i]));
        sum += vec3f(vec2f(vec2i(x, y)), 1) * confidence;
        highest = max(highest, confidence);
      }
    }
    if (highest >= ${MIN_CONFIDENCE} && sum.z > 0) { point = sum.xy / sum.z / toCell; }
  }
  result[offset] = point.x;
  result[offset + 1] = point.y;
  for (var k = 2; k < ${RAW_LANDMARK_VALUES}; k++) { result[offset + k] = landmarks[offset + k]; }
  let scoreIndex = count * ${RAW_LANDMARK_VALUES};
  if (i == 0) { result[scoreIndex] = score[0]; }
  for (var k = 0; k < 3; k++) { result[scoreIndex + 1 + i * 3 + k] = world[i * 3 + k]; }
}`;
  }
}

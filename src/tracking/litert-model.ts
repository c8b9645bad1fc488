import { type CompiledModel, getGlobalLiteRt, loadAndCompile, Tensor } from '@litertjs/core';
import { outputOrder } from './output-order.ts';

/** A network with one image as input, run by LiteRT on the CPU. Lives in the worker. */
export class LiteRtModel {
  /** The last run's outputs, in the order of the `outputLengths` that `create` was given. */
  readonly outputs: readonly Float32Array[];
  readonly #model: CompiledModel;
  readonly #input: Tensor;
  readonly #order: readonly number[];

  private constructor(model: CompiledModel, input: Tensor, outputLengths: readonly number[]) {
    this.#model = model;
    this.#input = input;
    this.outputs = outputLengths.map((length) => new Float32Array(length));
    this.#order = outputOrder(model, outputLengths);
  }

  /** Compiles `bytes`; `side`: of the square RGB input; `outputLengths`: values of each output, all different. */
  static async create(bytes: Uint8Array, side: number, outputLengths: readonly number[]): Promise<LiteRtModel> {
    const model = await loadAndCompile(bytes, { accelerator: 'wasm' });
    const input = new Tensor(new Float32Array(side * side * 3), [1, side, side, 3]);
    return new LiteRtModel(model, input, outputLengths);
  }

  /** Copies `input` (side² × 3) in, runs, and copies the answers to `outputs`. */
  async run(input: Float32Array): Promise<void> {
    const { liteRtWasm } = getGlobalLiteRt();
    const { READ, WRITE } = liteRtWasm.LiteRtTensorBufferLockMode;
    const inputBuffer = this.#input.liteRtTensorBuffer;
    // The heap is looked up each time: WebAssembly memory moves when it grows.
    new Float32Array(liteRtWasm.HEAPU8.buffer, inputBuffer.lock(WRITE), input.length).set(input);
    inputBuffer.unlock();
    const results = await this.#model.run(this.#input);
    for (let i = 0; i < this.outputs.length; i++) {
      const target = this.outputs[i];
      const buffer = results[this.#order[i]].liteRtTensorBuffer;
      target.set(new Float32Array(liteRtWasm.HEAPU8.buffer, buffer.lock(READ), target.length));
      buffer.unlock();
    }
    for (const result of results) result.delete();
  }
}

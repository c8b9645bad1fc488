// Classic worker of `npm run bench -- tracking` that runs BlazePose's landmark network alone on LiteRT, the product's
// runtime for networks: no pipeline on this runtime can be faster. Each message runs it once and is answered with the
// time.
import { getGlobalLiteRt, getWebGpuDevice, loadAndCompile, Tensor } from '@litertjs/core';
import { chooseLiteRtBuild, startLiteRt, WHOLE_BUILD } from '../../../src/tracking/start-litert.ts';

/** Width and height of the network's RGB input (0..1), pixels. */
const SIDE = 256;

/** The first message: loads the network. */
export interface RawRequest {
  /** Name of the model's file in the folder of the tracking runtime. */
  model: string;
  /** Where it runs: on the CPU or on the GPU. */
  accelerator: 'wasm' | 'webgpu';
}

/** The answer to a request, and to `null`, which asks for another run. */
export interface RawReply {
  /** Time of one run, milliseconds. */
  ms: number;
}

/** The worker's global object, as far as it is used. */
interface WorkerScope {
  postMessage(message: RawReply): void;
  onmessage: ((event: MessageEvent<RawRequest | null>) => void) | null;
}
const scope = globalThis as unknown as WorkerScope;

/** Creates an input tensor with a ramp of greys: zeros might be faster to compute. */
function createInput(): Tensor {
  const input = new Tensor(new Float32Array(SIDE * SIDE * 3), [1, SIDE, SIDE, 3]);
  const { liteRtWasm } = getGlobalLiteRt();
  const buffer = input.liteRtTensorBuffer;
  const values = new Float32Array(
    liteRtWasm.HEAPU8.buffer,
    buffer.lock(liteRtWasm.LiteRtTensorBufferLockMode.WRITE),
    SIDE * SIDE * 3,
  );
  for (let i = 0; i < values.length; i++) values[i] = (i % (3 * SIDE)) / (3 * SIDE);
  buffer.unlock();
  return input;
}

/**
 * Loads LiteRT in the build that the product uses. Resolves to a function that runs the model once and resolves to its
 * time, milliseconds.
 */
async function load({ model, accelerator }: RawRequest): Promise<() => Promise<number>> {
  const folder = new URL('/assets/runtime/', location.href).href;
  // Without it LiteRT would look for a GPU that it does not use.
  if (accelerator === 'wasm') Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  const build = accelerator === 'wasm' ? await chooseLiteRtBuild() : WHOLE_BUILD;
  await startLiteRt(folder, build, {
    script: Promise.resolve(),
    runtime: fetch(folder + build.wasm),
    failed: new Promise(() => {}),
  });
  const compiled = await loadAndCompile(new Uint8Array(await (await fetch(folder + model)).arrayBuffer()), {
    accelerator,
    gpuOptions: { precision: 'fp32' },
  });
  const filled = createInput();
  const input = accelerator === 'webgpu' ? await filled.moveTo('webgpu') : filled;
  const queue = accelerator === 'webgpu' ? getWebGpuDevice()?.queue : undefined;
  return async () => {
    const start = performance.now();
    const outputs = await compiled.run(input);
    await queue?.onSubmittedWorkDone();
    const ms = performance.now() - start;
    for (const output of outputs) output.delete();
    return ms;
  };
}

let run: Promise<() => Promise<number>>;
scope.onmessage = async ({ data }) => {
  if (data) run = load(data);
  try {
    scope.postMessage({ ms: await (await run)() });
  } catch (cause) {
    // Thrown from a timer, the error reaches the page as an event. A rejected promise would not.
    setTimeout(() => {
      throw cause;
    });
  }
};

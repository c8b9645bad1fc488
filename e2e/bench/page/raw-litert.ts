import type { ModelName } from '../../../src/index.ts';
import type { Contestant } from './contestant.ts';
import type { RawReply, RawRequest } from './raw-litert-worker.ts';

/**
 * Loads the contestant that runs only BlazePose's landmark network `model`, on LiteRT in a worker, with a constant
 * input instead of the frame: it shows what the network alone costs. Its time, milliseconds, is that of the network,
 * measured inside the worker. `accelerator`: CPU (`wasm`) or GPU.
 */
export async function createRawLiteRt(
  model: Exclude<ModelName, 'auto'>,
  accelerator: RawRequest['accelerator'],
): Promise<Contestant> {
  const worker = new Worker('/bench/raw-litert-worker.js');
  const ask = (message: RawRequest | null): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<RawReply>) => resolve(data.ms);
      worker.onerror = ({ message: reason }) => reject(new Error(`raw LiteRT: ${reason}`));
      worker.postMessage(message);
    });
  await ask({ model: `pose_landmark_${model}.tflite`, accelerator });
  return { input: 'a tensor filled in advance', step: () => ask(null) };
}

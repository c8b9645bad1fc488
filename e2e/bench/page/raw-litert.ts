import type { ModelName } from '../../../src/index.ts';
import type { Contestant } from './contestant.ts';
import type { RawReply, RawRequest } from './raw-litert-worker.ts';

/** The landmark model alone, on LiteRT in a worker: milliseconds within the worker, from an input that is in place to answers that are ready. */
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
  return { input: 'a tensor filled beforehand', step: () => ask(null) };
}

import { FittingError } from '../errors.ts';
import { type LoadedPoseModels, loadPoseModels } from './load-pose-models.ts';
import { PosePipeline } from './pose-pipeline.ts';
import type { TrackingReply, TrackingRequest } from './tracking-protocol.ts';

// Program of the tracking worker: a classic one, bundled into assets/runtime, because LiteRT comes by importScripts.

interface WorkerScope {
  postMessage(message: TrackingReply, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<TrackingRequest>) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const reply = (message: TrackingReply, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);
const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** One worker serves one tracker: this is its whole state. */
const state: { models: LoadedPoseModels | null; pipeline: PosePipeline<ImageBitmap | VideoFrame> | null } = {
  models: null,
  pipeline: null,
};

const load = async (request: Extract<TrackingRequest, { type: 'load' }>): Promise<void> => {
  try {
    const onProgress = (loaded: number, total: number): void => reply({ type: 'progress', loaded, total });
    state.models = await loadPoseModels(`${request.assets}runtime/`, request.model, onProgress);
    state.pipeline = new PosePipeline(state.models);
    reply({ type: 'loaded' });
  } catch (cause) {
    const code = cause instanceof FittingError ? cause.code : 'engine-failed';
    reply({ type: 'load-failed', code, message: wordsOf(cause) });
  }
};

const track = async (request: Extract<TrackingRequest, { type: 'track' }>): Promise<void> => {
  const { image, width, height, timeMs } = request;
  try {
    const { models, pipeline } = state;
    if (!models || !pipeline) throw new Error('asked to track before the models were loaded');
    const start = performance.now();
    models.timings.cropMs = 0;
    models.timings.inferenceMs = 0;
    const { score, landmarks, world, mask, maskWidth, maskHeight } = await pipeline.process(image, width, height, timeMs);
    let maskBuffer = request.maskBuffer;
    if (score > 0) {
      if (maskBuffer?.byteLength !== mask.length) maskBuffer = new ArrayBuffer(mask.length);
      const bytes = new Uint8ClampedArray(maskBuffer);
      for (let i = 0; i < mask.length; i++) bytes[i] = mask[i] * 255;
    }
    const timings = { ...models.timings, totalMs: performance.now() - start };
    reply(
      { type: 'tracked', image, score, landmarks, world, maskBuffer, maskWidth, maskHeight, timings },
      maskBuffer ? [image, maskBuffer] : [image],
    );
  } catch (cause) {
    reply({ type: 'track-failed', image, message: wordsOf(cause) }, [image]);
  }
};

scope.onmessage = ({ data }) => {
  if (data.type === 'load') void load(data);
  else if (data.type === 'track') void track(data);
  else state.pipeline?.reset();
};
reply({ type: 'awake' });

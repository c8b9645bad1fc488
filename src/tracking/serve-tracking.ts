import type { FrameImage } from '../capture/frame-source.ts';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import { PersonParser } from '../parsing/person-parser.ts';
import { FileFault } from './file-fault.ts';
import { maskSize } from './mask-size.ts';
import type { WorkerNetworks } from './pose-networks.ts';
import { PosePipeline, type PoseResult } from './pose-pipeline.ts';
import type { TrackingReply, TrackingRequest } from './tracking-protocol.ts';
import { watchOwnPolicy } from './watch-own-policy.ts';

/**
 * Starts an engine in the worker, and fetches its networks from `request.assets`, a base URL with a trailing slash:
 * landmark model `request.model`, and the mask's network `request.segmentation`. `onProgress` is called with the bytes
 * downloaded so far, and their total.
 */
export type LoadNetworks = (
  request: Extract<TrackingRequest, { type: 'load' }>,
  onProgress: (loaded: number, total: number) => void,
) => Promise<WorkerNetworks>;

/** What this file uses of a worker's global scope. */
interface WorkerScope {
  postMessage(message: TrackingReply, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<TrackingRequest>) => void) | null;
}

/** Returns the message of a thrown value. */
function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
/** Returns the code of a `FittingError`; `engine-failed` for any other value. */
function codeOf(cause: unknown): FittingErrorCode {
  return cause instanceof FittingError ? cause.code : 'engine-failed';
}

/** Returns whether WebAssembly threw the value, or the cause of a `FileFault`. */
function isTrap(cause: unknown): boolean {
  return cause instanceof WebAssembly.RuntimeError || (cause instanceof FileFault && isTrap(cause.cause));
}

/** Calls `onRequests` with the addresses of all requests of this worker, those before too, as the browser records them. */
function reportRequests(onRequests: (urls: string[]) => void): void {
  const observer = new PerformanceObserver((list) => onRequests(list.getEntries().map(({ name }) => name)));
  observer.observe({ type: 'resource', buffered: true });
}

/**
 * Serves the messages of one tracker (`createWorkerTracker`) until the worker is terminated. Call it once in a worker:
 * it sets the worker's `onmessage`, and sends `awake` first. It answers:
 *
 * - `load` with `progress`, and then `loaded` or `load-failed`.
 * - `track` with `tracked` or `track-failed`; both transfer the image back to the page.
 * - `use-model` with `model-used` or `model-failed`.
 * - `reset` with no message: the pipeline forgets the person.
 *
 * It sends `lost` when the engine can never run again.
 *
 * @param loadNetworks starts the engine of this worker (`loadWasmNetworks` or `loadWebGpuNetworks`).
 */
export function serveTracking(loadNetworks: LoadNetworks): void {
  const scope = globalThis as unknown as WorkerScope;
  const reply = (message: TrackingReply, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);
  let networks: WorkerNetworks | null = null;
  let pipeline: PosePipeline<FrameImage> | null = null;
  /** Made when classes are first wanted. */
  let parser: PersonParser | null = null;

  /** Computes the classes of the frame's pixels from its picture, the last mask and the landmarks. */
  const parse = async (
    loaded: WorkerNetworks,
    { image, width, height, spareClasses }: Extract<TrackingRequest, { type: 'track' }>,
    { landmarks, isFollowed }: PoseResult,
  ): Promise<ArrayBuffer> => {
    const size = maskSize(width, height);
    const [picture, mask] = await Promise.all([loaded.readThumbnail(image, width, height), loaded.readMask()]);
    parser ??= new PersonParser();
    if (!isFollowed) parser.reset();
    const length = 4 * size.width * size.height;
    const classes = spareClasses?.byteLength === length ? spareClasses : new ArrayBuffer(length);
    parser.parse({ ...size, picture, mask, landmarks }, new Uint8ClampedArray(classes));
    return classes;
  };

  const load = async (request: Extract<TrackingRequest, { type: 'load' }>): Promise<void> => {
    reportRequests((urls) => reply({ type: 'requested', urls }));
    const explainPolicy = watchOwnPolicy();
    try {
      const loaded = await loadNetworks(request, (loaded, total) => reply({ type: 'progress', loaded, total }));
      loaded.lost?.catch((cause: unknown) => reply({ type: 'lost', message: messageOf(cause) }));
      networks = loaded;
      pipeline = new PosePipeline(loaded);
      reply({ type: 'loaded' });
    } catch (cause) {
      const file = cause instanceof FileFault ? cause.url : null;
      const message = messageOf(cause) + (await explainPolicy());
      reply({ type: 'load-failed', code: codeOf(cause), message, file, isTrap: isTrap(cause) });
    }
  };

  const useModel = async ({ model }: Extract<TrackingRequest, { type: 'use-model' }>): Promise<void> => {
    try {
      if (!networks) throw new Error('another model was requested before the first was loaded');
      await networks.useModel(model);
      reply({ type: 'model-used', model });
    } catch (cause) {
      reply({ type: 'model-failed', model, code: codeOf(cause), message: messageOf(cause) });
    }
  };

  const track = async (request: Extract<TrackingRequest, { type: 'track' }>): Promise<void> => {
    const { image, width, height, timeMs } = request;
    let { spareMask, spareClasses } = request;
    try {
      if (!networks || !pipeline) throw new Error('a frame was sent before the networks were loaded');
      const start = performance.now();
      const { timings: networkTimings, model } = networks;
      networkTimings.cropMs = 0;
      networkTimings.inferenceMs = 0;
      const result = await pipeline.process(image, width, height, timeMs);
      const { score, landmarks, world } = result;
      const classes = score > 0 && request.wantsClasses ? await parse(networks, request, result) : null;
      const mask = score > 0 ? networks.takeMask(spareMask) : null;
      const transfer: Transferable[] = [image];
      if (mask) transfer.push(mask.pixels);
      if (mask?.pixels === spareMask) spareMask = null;
      if (spareMask) transfer.push(spareMask);
      if (classes) transfer.push(classes);
      if (classes === spareClasses) spareClasses = null;
      if (spareClasses) transfer.push(spareClasses);
      const timings = { ...networkTimings, totalMs: performance.now() - start };
      const found = { score, landmarks, world, mask, spareMask, classes, spareClasses };
      reply({ type: 'tracked', image, model, ...found, timings }, transfer);
    } catch (cause) {
      reply({ type: 'track-failed', image, message: messageOf(cause), isTrap: isTrap(cause) }, [image]);
    }
  };

  scope.onmessage = ({ data }) => {
    if (data.type === 'load') void load(data);
    else if (data.type === 'use-model') void useModel(data);
    else if (data.type === 'track') void track(data);
    else pipeline?.reset();
  };
  reply({ type: 'awake' });
}

import { loadLiteRt, supportsFeature } from '@litertjs/core';
import { fetchRuntimeFiles, type RuntimeFile } from './fetch-runtime-files.ts';
import { createCanvasCropper } from './canvas-cropper.ts';
import type { Cropper, CropTarget } from './cropper.ts';
import { createGlCropper } from './gl-cropper.ts';
import { LiteRtModel } from './litert-model.ts';
import { inputSizes, type PoseModels } from './pose-pipeline.ts';
import type { Region } from './region.ts';
import type { ModelName } from './tracker.ts';

/** Sizes of the files in `assets/runtime`, filled in when the worker is bundled. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

/** Milliseconds spent since the last `timings.reset`. */
export interface ModelTimings {
  cropMs: number;
  inferenceMs: number;
}

export interface LoadedPoseModels extends PoseModels<ImageBitmap | VideoFrame> {
  readonly timings: ModelTimings;
}

/** Values of the outputs, as `PoseModels` names them. */
const DETECTOR_OUTPUTS = [2254 * 12, 2254] as const;
const LANDMARK_OUTPUTS = [39 * 5, 1, 256 * 256, 64 * 64 * 39, 39 * 3] as const;

/** What Emscripten's loader looks for in the worker's global scope. */
interface WasmSettings {
  print: (line: string) => void;
  printErr: (line: string) => void;
  locateFile: (name: string) => string;
  mainScriptUrlOrBlob?: string;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
}

/** Starts LiteRT from `folder`, with the WebAssembly file that `response` brings. */
const startLiteRt = async (folder: string, script: string, response: Promise<Response>, threads: boolean): Promise<void> => {
  let fail: (cause: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // LiteRT prints some fifty lines of information as console errors; real failures are thrown.
  const settings: WasmSettings = {
    print: () => {},
    printErr: () => {},
    locateFile: (name) => folder + name,
    mainScriptUrlOrBlob: threads ? folder + script : undefined,
    instantiateWasm: (imports, done) => {
      response
        .then((body) => WebAssembly.instantiateStreaming(body, imports))
        .then(({ instance, module }) => done(instance, module))
        .catch((cause: unknown) => fail(cause));
      return {};
    },
  };
  (globalThis as { Module?: unknown }).Module = settings;
  // LiteRT would look for a GPU, wait for it and complain that there is none; this engine has no use for it.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  await Promise.race([failed, loadLiteRt(folder, { threads })]);
};

/**
 * Fetches LiteRT and the two networks from `folder` (absolute URL with a trailing slash), compiles and warms them up.
 * To be called once, in a classic worker. Threads where the page is cross-origin isolated.
 * Rejects with `FittingError` `model-unreachable` or whatever the runtime throws.
 */
export const loadPoseModels = async (
  folder: string,
  model: Exclude<ModelName, 'auto'>,
  onProgress: (loaded: number, total: number) => void,
): Promise<LoadedPoseModels> => {
  const relaxed = await supportsFeature('relaxedSimd');
  const threads = relaxed && globalThis.crossOriginIsolated === true && (await supportsFeature('threads'));
  const flavour = !relaxed ? 'litert_wasm_compat_internal' : threads ? 'litert_wasm_threaded_internal' : 'litert_wasm_internal';
  const names = [`${flavour}.wasm`, 'pose_detection.tflite', `pose_landmark_${model}.tflite`];
  const files = names.map((name): RuntimeFile => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] }));
  const responses = fetchRuntimeFiles(files, onProgress);
  const reachable = Promise.all(responses);
  const [, detectorResponse, landmarkResponse] = responses;
  await Promise.all([reachable, startLiteRt(folder, `${flavour}.js`, responses[0], threads)]);
  const bytes = async (response: Promise<Response>): Promise<Uint8Array> => new Uint8Array(await (await response).arrayBuffer());
  const [detectorBytes, landmarkBytes] = await Promise.all([bytes(detectorResponse), bytes(landmarkResponse)]);
  const detector = await LiteRtModel.create(detectorBytes, inputSizes.detector, DETECTOR_OUTPUTS);
  const landmarks = await LiteRtModel.create(landmarkBytes, inputSizes.landmarks, LANDMARK_OUTPUTS);

  const largest = Math.max(inputSizes.detector, inputSizes.landmarks);
  let cropper: Cropper = createGlCropper(largest) ?? createCanvasCropper(largest);
  const inputOf = (size: number): { size: number; values: Float32Array } => ({ size, values: new Float32Array(size * size * 3) });
  // The detector reads −1..1, the landmark model 0..1.
  const detectorInput: CropTarget = { ...inputOf(inputSizes.detector), scale: 2 / 255, offset: -1, border: 'black' };
  const landmarkInput: CropTarget = { ...inputOf(inputSizes.landmarks), scale: 1 / 255, offset: 0, border: 'edge' };
  // The first run of a network costs several times the next ones.
  await detector.run(detectorInput.values);
  await landmarks.run(landmarkInput.values);

  const timings: ModelTimings = { cropMs: 0, inferenceMs: 0 };
  const run = async (
    network: LiteRtModel,
    input: CropTarget,
    image: ImageBitmap | VideoFrame,
    width: number,
    height: number,
    region: Region,
  ): Promise<void> => {
    const start = performance.now();
    if (!cropper.crop(image, width, height, region, input)) {
      // The GPU is gone; main memory stays.
      cropper = createCanvasCropper(largest);
      cropper.crop(image, width, height, region, input);
    }
    const cropped = performance.now();
    await network.run(input.values);
    timings.cropMs += cropped - start;
    timings.inferenceMs += performance.now() - cropped;
  };
  const [boxes, scores] = detector.outputs;
  const detectorOutputs = { boxes, scores };
  const [points, score, mask, heatmaps, world] = landmarks.outputs;
  const landmarkOutputs = { landmarks: points, score, mask, heatmaps, world };
  return {
    timings,
    detect: async (image, width, height, region) => {
      await run(detector, detectorInput, image, width, height, region);
      return detectorOutputs;
    },
    locate: async (image, width, height, region) => {
      await run(landmarks, landmarkInput, image, width, height, region);
      return landmarkOutputs;
    },
  };
};

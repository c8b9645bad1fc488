import type { FrameImage } from '../capture/frame-source.ts';
import { createCropper } from './create-cropper.ts';
import type { CropTarget } from './cropper.ts';
import { decodeLogits } from './decode-logits.ts';
import { fetchRuntimeFiles, type RuntimeFile } from './fetch-runtime-files.ts';
import { FrameMask } from './frame-mask.ts';
import { LiteRtModel } from './litert-model.ts';
import type { NetworkTimings, WorkerNetworks } from './pose-networks.ts';
import { CROP_SIZE, inputSizes } from './pose-pipeline.ts';
import { refineLandmarks } from './refine-landmarks.ts';
import type { Region } from './region.ts';
import type { LoadNetworks } from './serve-tracking.ts';
import { chooseLiteRtBuild, startLiteRt } from './start-litert.ts';
import type { ModelName } from './tracker.ts';

/** Sizes of the files in `assets/runtime`, filled in when the worker is bundled. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

type ConcreteModel = Exclude<ModelName, 'auto'>;

const DETECTOR_FILE = 'pose_detection.tflite';
const SELFIE_FILE = 'selfie_segmentation.tflite';
const landmarkFile = (model: ConcreteModel): string => `pose_landmark_${model}.tflite`;

/** Values of the outputs, in the order in which they are read below. */
const DETECTOR_OUTPUTS = [2254 * 12, 2254] as const;
const HEATMAP_SIZE = 64;
const LANDMARK_OUTPUTS = [39 * 5, 1, CROP_SIZE ** 2, HEATMAP_SIZE ** 2 * 39, 39 * 3] as const;
const SELFIE_OUTPUTS = [CROP_SIZE ** 2] as const;

const bytesOf = async (response: Promise<Response>): Promise<Uint8Array> => new Uint8Array(await (await response).arrayBuffer());

/**
 * LiteRT and the networks on the CPU. The networks are compiled and warmed up: the first run of one costs several times the
 * next ones. Rejects with `FittingError` `model-unreachable` or whatever the runtime throws.
 */
export const loadWasmNetworks: LoadNetworks = async ({ assets, model: firstModel, segmentation }, onProgress) => {
  const folder = `${assets}runtime/`;
  const build = await chooseLiteRtBuild(true);
  const names = [`${build.name}.wasm`, DETECTOR_FILE, landmarkFile(firstModel), ...(segmentation === 'selfie' ? [SELFIE_FILE] : [])];
  const fileOf = (name: string): RuntimeFile => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] });
  const responses = fetchRuntimeFiles(names.map(fileOf), onProgress);
  const [runtimeResponse, detectorResponse, landmarkResponse, selfieResponse] = responses;
  // LiteRT would look for a GPU, wait for it and complain that there is none; this engine has no use for it.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  await Promise.all([...responses, startLiteRt(folder, build, runtimeResponse)]);

  const cropper = createCropper(Math.max(inputSizes.detector, inputSizes.landmarks));
  const inputOf = (size: number): { size: number; values: Float32Array } => ({ size, values: new Float32Array(size * size * 3) });
  // The detector reads −1..1, the landmark model 0..1.
  const detectorInput: CropTarget = { ...inputOf(inputSizes.detector), scale: 2 / 255, offset: -1, border: 'black' };
  const landmarkInput: CropTarget = { ...inputOf(inputSizes.landmarks), scale: 1 / 255, offset: 0, border: 'edge' };

  const create = async (response: Promise<Response>, { size, values }: CropTarget, outputs: readonly number[]): Promise<LiteRtModel> => {
    const network = await LiteRtModel.create(await bytesOf(response), size, outputs);
    await network.run(new Float32Array(values.length));
    return network;
  };
  const detector = await create(detectorResponse, detectorInput, DETECTOR_OUTPUTS);
  const landmarkModels = new Map<ConcreteModel, LiteRtModel>();
  landmarkModels.set(firstModel, await create(landmarkResponse, landmarkInput, LANDMARK_OUTPUTS));
  /** Reads the landmark model's own crop: the person upright, at the same scale, whatever the frame. */
  const selfie = selfieResponse ? await create(selfieResponse, landmarkInput, SELFIE_OUTPUTS) : null;
  let model = firstModel;
  let landmarks = landmarkModels.get(firstModel) as LiteRtModel;
  /** Of the last `locate`, which may have been by another model than the next. */
  let located = landmarks;
  let wanted = firstModel;

  const timings: NetworkTimings = { cropMs: 0, inferenceMs: 0 };
  const infer = async (network: LiteRtModel, input: CropTarget): Promise<void> => {
    const start = performance.now();
    await network.run(input.values);
    timings.inferenceMs += performance.now() - start;
  };
  const crop = async (input: CropTarget, image: FrameImage, width: number, height: number, region: Region): Promise<void> => {
    const start = performance.now();
    await cropper.crop(image, width, height, region, input);
    timings.cropMs += performance.now() - start;
  };

  const [boxes, scores] = detector.outputs;
  const detectorOutputs = { boxes, scores };
  const mask = new FrameMask();
  const networks: WorkerNetworks = {
    timings,
    get model() {
      return model;
    },

    async detect(image, width, height, region) {
      await crop(detectorInput, image, width, height, region);
      await infer(detector, detectorInput);
      return detectorOutputs;
    },

    async locate(image, width, height, region) {
      await crop(landmarkInput, image, width, height, region);
      located = landmarks;
      await infer(located, landmarkInput);
      const [points, score, , heatmaps, world] = located.outputs;
      refineLandmarks(points, CROP_SIZE, heatmaps, HEATMAP_SIZE);
      return { landmarks: points, score, world };
    },

    async segment(width, height, region, steady) {
      if (selfie) await infer(selfie, landmarkInput);
      const coverage = selfie ? selfie.outputs[0] : located.outputs[2];
      // Selfie segmentation ends in a sigmoid of its own.
      if (!selfie) decodeLogits(coverage);
      mask.lay(coverage, CROP_SIZE, width, height, region, steady);
    },

    takeMask: (spare) => mask.toBytes(spare),

    async useModel(next) {
      wanted = next;
      let network = landmarkModels.get(next);
      if (!network) {
        network = await create(fetchRuntimeFiles([fileOf(landmarkFile(next))], () => {})[0], landmarkInput, LANDMARK_OUTPUTS);
        landmarkModels.set(next, network);
      }
      // A later wish may have been granted sooner.
      if (wanted !== next) return;
      landmarks = network;
      model = next;
    },
  };
  return networks;
};

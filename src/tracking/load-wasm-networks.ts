import type { FrameImage } from '../capture/frame-source.ts';
import { createCropper } from './create-cropper.ts';
import type { CropTarget } from './cropper.ts';
import { decodeLogits } from './decode-logits.ts';
import { FrameMask } from './frame-mask.ts';
import { LandmarkModels } from './landmark-models.ts';
import { LiteRtModel } from './litert-model.ts';
import { fetchLandmarkModel, fetchNetworkFiles, HEATMAP_SIZE, modelBytes, outputLengths } from './network-files.ts';
import type { NetworkTimings, WorkerNetworks } from './pose-networks.ts';
import { CROP_SIZE, inputSizes } from './pose-pipeline.ts';
import { refineLandmarks } from './refine-landmarks.ts';
import type { Region } from './region.ts';
import type { LoadNetworks } from './serve-tracking.ts';
import { chooseLiteRtBuild, startLiteRt } from './start-litert.ts';

/**
 * LiteRT and the networks on the CPU. The networks are compiled and warmed up: the first run of one costs several times the
 * next ones. Rejects with `FittingError` `model-unreachable` or whatever the runtime throws.
 */
export const loadWasmNetworks: LoadNetworks = async ({ assets, model: firstModel, segmentation }, onProgress) => {
  const folder = `${assets}runtime/`;
  const build = await chooseLiteRtBuild(true);
  const files = fetchNetworkFiles(folder, build, firstModel, segmentation, onProgress);
  // LiteRT would look for a GPU, wait for it and complain that there is none; this engine has no use for it.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  await Promise.all([...Object.values(files), startLiteRt(folder, build, files.runtime)]);

  const cropper = createCropper(Math.max(inputSizes.detector, inputSizes.landmarks));
  const inputOf = (size: number): { size: number; values: Float32Array } => ({ size, values: new Float32Array(size * size * 3) });
  // The detector reads −1..1, the landmark model 0..1.
  const detectorInput: CropTarget = { ...inputOf(inputSizes.detector), scale: 2 / 255, offset: -1, border: 'black' };
  const landmarkInput: CropTarget = { ...inputOf(inputSizes.landmarks), scale: 1 / 255, offset: 0, border: 'edge' };

  const create = async (response: Promise<Response>, { size, values }: CropTarget, outputs: readonly number[]): Promise<LiteRtModel> => {
    const network = await LiteRtModel.create(await modelBytes(response), size, outputs);
    await network.run(new Float32Array(values.length));
    return network;
  };
  const createLandmarks = (response: Promise<Response>): Promise<LiteRtModel> => create(response, landmarkInput, outputLengths.landmarks);
  const detector = await create(files.detector, detectorInput, outputLengths.detector);
  const firstLandmarks = await createLandmarks(files.landmarks);
  const models = new LandmarkModels(firstModel, firstLandmarks, (model) => createLandmarks(fetchLandmarkModel(folder, model)));
  /** Reads the landmark model's own crop: the person upright, at the same scale, whatever the frame. */
  const selfie = files.selfie && (await create(files.selfie, landmarkInput, outputLengths.selfie));
  /** Of the last `locate`, which may have been by another model than the next. */
  let located = firstLandmarks;

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
      return models.model;
    },

    async detect(image, width, height, region) {
      await crop(detectorInput, image, width, height, region);
      await infer(detector, detectorInput);
      return detectorOutputs;
    },

    async locate(image, width, height, region) {
      await crop(landmarkInput, image, width, height, region);
      located = models.network;
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

    useModel: (next) => models.use(next),
  };
  return networks;
};

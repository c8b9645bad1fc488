import type { FrameImage } from '../capture/frame-source.ts';
import { createCropper } from './create-cropper.ts';
import type { CropTarget } from './cropper.ts';
import { FrameMask } from './frame-mask.ts';
import { LandmarkModels } from './landmark-models.ts';
import { createDetectorInput, createLandmarkInput, type LiteRtInput } from './litert-input.ts';
import { LiteRtModel } from './litert-model.ts';
import { MAX_MASK_SIDE } from './mask-size.ts';
import {
  compileModel,
  fetchLandmarkModel,
  fetchNetworkFiles,
  HEATMAP_SIZE,
  MODEL_LANDMARKS,
  type ModelFile,
  OUTPUT_LENGTHS,
} from './network-files.ts';
import { placeThumbnail, THUMBNAIL_CROP } from './place-thumbnail.ts';
import type { DetectorOutputs, LandmarkOutputs, NetworkTimings, WorkerNetworks } from './pose-networks.ts';
import { CROP_SIZE, INPUT_SIZES } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES, refineLandmarks } from './refine-landmarks.ts';
import type { Region } from './region.ts';
import type { LoadNetworks } from './serve-tracking.ts';
import { chooseLiteRtBuild, startLiteRt, WHOLE_BUILD } from './start-litert.ts';

/**
 * Loads the networks of the `wasm` engine, which LiteRT (Google's library for .tflite networks) runs on the CPU, in the
 * worker. Parameters: `assets`, base URL with a trailing slash; `model`, the first landmark model; `segmentation`, the
 * network of the mask (`pose` or `selfie`); `isWhole`, whether LiteRT's whole file is used, instead of the trimmed one;
 * `onProgress`, called with bytes so far and in all. It resolves when each network is compiled and has run once, because the first run takes several times as long as later ones. The networks
 * then work per frame:
 *
 * 1. `locate` crops the person's region into the landmark model's input, runs the model and refines its landmarks.
 * 2. `segment` computes the frame's mask from the network's mask of the crop (`FrameMask`); `takeMask` returns it as
 *    bytes.
 * 3. `detect`, which runs now and then, crops the whole frame into the detector's input and runs the detector.
 *
 * Rejects with `FileFault` where a file is to blame, or with what LiteRT throws. Hides `navigator.gpu` from LiteRT.
 */
export const loadWasmNetworks: LoadNetworks = async (
  { assets, model: firstModel, segmentation, isWhole },
  onProgress,
) => {
  const folder = `${assets}runtime/`;
  const build = isWhole ? WHOLE_BUILD : await chooseLiteRtBuild();
  const files = fetchNetworkFiles(folder, build, firstModel, segmentation, onProgress);
  // LiteRT would search for a GPU, wait for it and print that there is none; this engine needs none.
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
  await startLiteRt(folder, build, files);

  const cropper = createCropper(Math.max(INPUT_SIZES.detector, INPUT_SIZES.landmarks));
  const detectorInput = createDetectorInput();
  const landmarkInput = createLandmarkInput();

  const create = (file: Promise<ModelFile>, input: LiteRtInput, outputs: readonly number[]): Promise<LiteRtModel> =>
    compileModel(file, async (bytes) => {
      const network = await LiteRtModel.create(bytes, outputs);
      await network.run(input);
      return network;
    });
  const createLandmarks = (file: Promise<ModelFile>): Promise<LiteRtModel> =>
    create(file, landmarkInput, OUTPUT_LENGTHS.landmarks);
  const detector = await create(files.detector, detectorInput, OUTPUT_LENGTHS.detector);
  const firstLandmarks = await createLandmarks(files.landmarks);
  const models = new LandmarkModels(firstModel, firstLandmarks, (model) =>
    createLandmarks(fetchLandmarkModel(folder, model)),
  );
  /**
   * Null with segmentation `pose`. It reads the crop of the landmark model: the person upright and at the same scale.
   */
  const selfie = files.selfie && (await create(files.selfie, landmarkInput, OUTPUT_LENGTHS.selfie));

  const timings: NetworkTimings = { cropMs: 0, inferenceMs: 0 };
  const infer = async (network: LiteRtModel, input: LiteRtInput): Promise<readonly Float32Array[]> => {
    const start = performance.now();
    const outputs = await network.run(input);
    timings.inferenceMs += performance.now() - start;
    return outputs;
  };
  const crop = async (
    input: CropTarget,
    image: FrameImage,
    width: number,
    height: number,
    region: Region,
  ): Promise<void> => {
    const start = performance.now();
    await cropper.crop(image, width, height, region, input);
    timings.cropMs += performance.now() - start;
  };

  const [boxValues, scoreValues] = OUTPUT_LENGTHS.detector;
  const detected: DetectorOutputs = { boxes: new Float32Array(boxValues), scores: new Float32Array(scoreValues) };
  const located: LandmarkOutputs = {
    landmarks: new Float32Array(MODEL_LANDMARKS * RAW_LANDMARK_VALUES),
    score: new Float32Array(1),
    world: new Float32Array(MODEL_LANDMARKS * 3),
  };
  const frameMask = new FrameMask(CROP_SIZE);
  /** The picture from which pixels are classified; made when it is first wanted. */
  let thumbnailInput: CropTarget | null = null;
  const networks: WorkerNetworks = {
    timings,
    get model() {
      return models.model;
    },

    async detect(image, width, height, region) {
      await crop(detectorInput, image, width, height, region);
      const [boxes, scores] = await infer(detector, detectorInput);
      detected.boxes.set(boxes);
      detected.scores.set(scores);
      return detected;
    },

    async locate(image, width, height, region) {
      await crop(landmarkInput, image, width, height, region);
      const [points, score, silhouette, heatmaps, world] = await infer(models.network, landmarkInput);
      located.landmarks.set(points);
      located.score.set(score);
      located.world.set(world);
      refineLandmarks(located.landmarks, CROP_SIZE, heatmaps, HEATMAP_SIZE);
      if (!selfie) frameMask.setCrop(silhouette, 'logits');
      return located;
    },

    async segment(width, height, region, isSmoothed) {
      // The output of selfie segmentation has passed a sigmoid already.
      if (selfie) frameMask.setCrop((await infer(selfie, landmarkInput))[0], 'probabilities');
      frameMask.project(width, height, region, isSmoothed);
    },

    takeMask: (spare) => frameMask.toBytes(spare),
    readMask: async () => frameMask.bytes,
    async readThumbnail(image, width, height) {
      const { region, thumbnail } = placeThumbnail(width, height);
      thumbnailInput ??= { ...THUMBNAIL_CROP, values: new Float32Array(3 * MAX_MASK_SIDE ** 2) };
      await crop(thumbnailInput, image, width, height, region);
      return { ...thumbnail, values: thumbnailInput.values };
    },

    useModel: (next) => models.use(next),
  };
  return networks;
};

import { getWebGpuDevice } from '@litertjs/core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { engine, env, registerBackend, removeBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { FrameImage } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { LandmarkModels } from './landmark-models.ts';
import { createDetectorInput } from './litert-input.ts';
import { LiteRtModel } from './litert-model.ts';
import {
  compileModel,
  fetchLandmarkModel,
  fetchNetworkFiles,
  MODEL_LANDMARKS,
  type ModelFile,
  OUTPUT_LENGTHS,
} from './network-files.ts';
import { placeThumbnail, THUMBNAIL_CROP, WHITE } from './place-thumbnail.ts';
import type { NetworkTimings, WorkerNetworks } from './pose-networks.ts';
import { CROP_SIZE, INPUT_SIZES } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { Region } from './region.ts';
import type { LoadNetworks } from './serve-tracking.ts';
import { startLiteRt, WHOLE_BUILD } from './start-litert.ts';
import { type WebGpuCrop, WebGpuCropper } from './webgpu-cropper.ts';
import { WebGpuFrameMask } from './webgpu-frame-mask.ts';
import { WebGpuModel } from './webgpu-model.ts';
import { WebGpuRefineProgram } from './webgpu-refine-program.ts';

/**
 * Loads the networks of the `webgpu` engine, in the worker. Parameters: `assets`, base URL with a trailing slash;
 * `model`, the first landmark model; `segmentation`, the network of the mask (`pose` or `selfie`); `onProgress`, called
 * with bytes so far and in all. LiteRT (Google's library for .tflite networks) runs the networks on the GPU, tfjs
 * (TensorFlow.js) runs the steps between on the same device. Of each frame the image is copied to the GPU; some hundred
 * numbers and a bitmap are returned. The networks work per frame:
 *
 * 1. `locate` cuts the crop into a buffer on the GPU (`WebGpuCropper`), runs the landmark model, refines its landmarks
 *    (`WebGpuRefineProgram`) and reads them back.
 * 2. `segment` computes the frame's mask from the network's mask of the crop (`WebGpuFrameMask`); `takeMask` returns it
 *    as a bitmap.
 * 3. `detect`, which runs now and then, reads a crop of 224 × 224 back and runs the detector on the CPU.
 *
 * Rejects with `FittingError` `engine-failed`, with `FileFault` where a file is to blame, or with what LiteRT and tfjs
 * throw. In `timings`,
 * `cropMs` is only the time to hand the image to the GPU, which crops it later; `inferenceMs` lasts until the result
 * has been read.
 */

/** Rejects with `FittingError` `engine-failed` where the browser offers no GPU, before anything is fetched. */
async function checkGpu(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new FittingError(
      'engine-failed',
      `this browser offers no GPU by WebGPU (${navigator.gpu ? 'no adapter' : 'no navigator.gpu'})`,
    );
}

/** Makes tfjs use the device that LiteRT opened, because LiteRT has the stricter requirements. */
async function startTfjs(device: GPUDevice): Promise<WebGPUBackend> {
  const backend = new WebGPUBackend(device, device.adapterInfo);
  // Submit every command at once. With a batch, LiteRT may have freed its buffers before tfjs submits.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1);
  removeBackend('webgpu');
  registerBackend('webgpu', () => backend);
  await setBackend('webgpu');
  return backend;
}

/** Rejects when `device` is lost or reports an error, after which its results are not reliable. Never resolves. */
function watchDevice(device: GPUDevice): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (message: string): void => reject(new FittingError('engine-failed', message));
    void device.lost.then(({ message, reason }) => fail(`the GPU was lost: ${message || reason}`));
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      fail(`the GPU failed: ${event.error.message}`);
    });
  });
}

/** Loads the networks of the `webgpu` engine; the top of the file says how. */
export const loadWebGpuNetworks: LoadNetworks = async ({ assets, model: firstModel, segmentation }, onProgress) => {
  await checkGpu();
  const folder = `${assets}runtime/`;
  const files = fetchNetworkFiles(folder, WHOLE_BUILD, firstModel, segmentation, onProgress);
  await startLiteRt(folder, WHOLE_BUILD, files);
  const device = getWebGpuDevice();
  if (!device) throw new FittingError('engine-failed', 'the GPU gives no device');
  const lost = watchDevice(device);
  const backend = await startTfjs(device);

  const cropper = new WebGpuCropper(device);
  const detectorInput = cropper.createCrop({ size: INPUT_SIZES.detector, lowest: -1, highest: 1, border: 'black' });
  const landmarkInput = cropper.createCrop({ size: INPUT_SIZES.landmarks, lowest: 0, highest: 1, border: 'edge' });

  const create = (file: Promise<ModelFile>, outputs: readonly number[]): Promise<WebGpuModel> =>
    compileModel(file, async (bytes) => {
      const network = await WebGpuModel.create(bytes, landmarkInput.buffer, landmarkInput.size, outputs);
      // Compiles what LiteRT compiles at the first run.
      await (await network.run())[0].data();
      return network;
    });
  const createLandmarks = (file: Promise<ModelFile>): Promise<WebGpuModel> => create(file, OUTPUT_LENGTHS.landmarks);
  const load = async (): Promise<[LiteRtModel, WebGpuModel, WebGpuModel | null]> => [
    // On the CPU: LiteRT's GPU backend does not support the detector's sparse weights, so most operations would run
    // there anyway.
    await compileModel(files.detector, (bytes) => LiteRtModel.create(bytes, OUTPUT_LENGTHS.detector)),
    await createLandmarks(files.landmarks),
    // Null with segmentation `pose`. It reads the crop of the landmark model: the person upright and at the same scale.
    files.selfie && (await create(files.selfie, OUTPUT_LENGTHS.selfie)),
  ];
  const [detector, firstLandmarks, selfie] = await Promise.race([load(), lost, files.failed]);
  const models = new LandmarkModels(firstModel, firstLandmarks, (model) =>
    createLandmarks(fetchLandmarkModel(folder, model)),
  );

  const timings: NetworkTimings = { cropMs: 0, inferenceMs: 0 };
  const crop = (input: WebGpuCrop, image: FrameImage, width: number, height: number, region: Region): void => {
    const start = performance.now();
    cropper.crop(image, width, height, region, input);
    timings.cropMs += performance.now() - start;
  };

  /** Copy of the detector's crop in main memory. */
  const detectorPicture = createDetectorInput();
  const mask = new WebGpuFrameMask(backend);
  /** The picture from which pixels are classified; made when it is first wanted. */
  let thumbnailInput: WebGpuCrop | null = null;
  /** The network's mask of the crop in the last `locate`. */
  let coverage: Tensor | null = null;
  const networks: WorkerNetworks = {
    timings,
    lost,
    get model() {
      return models.model;
    },

    async detect(image, width, height, region) {
      crop(detectorInput, image, width, height, region);
      const start = performance.now();
      const picture = new Float32Array(await backend.getBufferData(detectorInput.buffer));
      detectorPicture.values.set(picture);
      const [boxes, scores] = await detector.run(detectorPicture);
      timings.inferenceMs += performance.now() - start;
      return { boxes: boxes.slice(), scores: scores.slice() };
    },

    async locate(image, width, height, region) {
      crop(landmarkInput, image, width, height, region);
      const start = performance.now();
      const [points, score, silhouette, heatmaps, world] = await models.network.run();
      coverage = silhouette;
      const program = new WebGpuRefineProgram(MODEL_LANDMARKS, CROP_SIZE);
      const refined = engine().makeTensorFromTensorInfo(
        backend.runWebGPUProgram(program, [points, score, world, heatmaps], 'float32'),
      );
      const values = (await refined.data()) as Float32Array;
      refined.dispose();
      timings.inferenceMs += performance.now() - start;
      const scoreIndex = MODEL_LANDMARKS * RAW_LANDMARK_VALUES;
      return {
        landmarks: values.subarray(0, scoreIndex),
        score: values.subarray(scoreIndex, scoreIndex + 1),
        world: values.subarray(scoreIndex + 1),
      };
    },

    async segment(width, height, region, isSmoothed) {
      if (selfie) [coverage] = await selfie.run();
      if (!coverage) throw new Error('a mask was requested before a person was located');
      // The output of selfie segmentation has passed a sigmoid already.
      mask.project(coverage, !selfie, CROP_SIZE, width, height, region, isSmoothed);
    },

    takeMask: () => mask.toBitmap(),
    readMask: () => mask.readBytes(),
    async readThumbnail(image, width, height) {
      const { region, thumbnail } = placeThumbnail(width, height);
      const { size, border } = THUMBNAIL_CROP;
      thumbnailInput ??= cropper.createCrop({ size, lowest: 0, highest: WHITE, border });
      crop(thumbnailInput, image, width, height, region);
      return { ...thumbnail, values: new Float32Array(await backend.getBufferData(thumbnailInput.buffer)) };
    },

    useModel: (next) => models.use(next),
  };
  return networks;
};

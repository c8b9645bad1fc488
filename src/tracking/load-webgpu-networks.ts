import { getWebGpuDevice } from '@litertjs/core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { engine, env, registerBackend, removeBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { FrameImage } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { LandmarkModels } from './landmark-models.ts';
import { createDetectorInput } from './litert-input.ts';
import { LiteRtModel } from './litert-model.ts';
import { fetchLandmarkModel, fetchNetworkFiles, MODEL_LANDMARKS, modelBytes, outputLengths } from './network-files.ts';
import type { NetworkTimings, WorkerNetworks } from './pose-networks.ts';
import { CROP_SIZE, inputSizes } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { Region } from './region.ts';
import type { LoadNetworks } from './serve-tracking.ts';
import { chooseLiteRtBuild, startLiteRt } from './start-litert.ts';
import { type WebGpuCrop, WebGpuCropper } from './webgpu-cropper.ts';
import { WebGpuFrameMask } from './webgpu-frame-mask.ts';
import { WebGpuModel } from './webgpu-model.ts';
import { WebGpuRefineProgram } from './webgpu-refine-program.ts';

/** Rejects where there is no GPU to be had; told before anything is fetched. */
async function checkGpu(): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter)
    throw new FittingError(
      'engine-failed',
      `this browser offers no GPU by WebGPU (${navigator.gpu ? 'no adapter' : 'no navigator.gpu'})`,
    );
}

/** Lets tfjs work on the device that LiteRT opened: LiteRT is the pickier one. */
async function startTfjs(device: GPUDevice): Promise<WebGPUBackend> {
  const backend = new WebGPUBackend(device, device.adapterInfo);
  // What it is told goes to the GPU at once: LiteRT's buffers may be gone when it would see fit.
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1);
  removeBackend('webgpu');
  registerBackend('webgpu', () => backend);
  await setBackend('webgpu');
  return backend;
}

/** Rejects when `device` is lost, or when something went wrong on it: then no answer of it can be trusted. */
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

/**
 * LiteRT and the networks on the GPU, tfjs beside them on the same device: a frame goes in as a picture and comes out as a
 * few hundred numbers and a bitmap, and nothing between the two leaves the GPU. Only the detector, which looks for people
 * now and then, gets a picture of 224 × 224 on the CPU. Rejects with `FittingError`
 * `engine-failed`, `model-unreachable` or whatever the runtimes throw. `timings`: of cropping only the handing over counts,
 * since the GPU works on after that; inference lasts until the answer has been read.
 */
export const loadWebGpuNetworks: LoadNetworks = async ({ assets, model: firstModel, segmentation }, onProgress) => {
  await checkGpu();
  const folder = `${assets}runtime/`;
  const build = await chooseLiteRtBuild(false);
  const files = fetchNetworkFiles(folder, build, firstModel, segmentation, onProgress);
  await Promise.all([...Object.values(files), startLiteRt(folder, build, files.runtime)]);
  const device = getWebGpuDevice();
  if (!device) throw new FittingError('engine-failed', 'the GPU gives no device');
  const lost = watchDevice(device);
  const backend = await startTfjs(device);

  const cropper = new WebGpuCropper(device);
  const detectorInput = cropper.createCrop({ size: inputSizes.detector, lowest: -1, highest: 1, border: 'black' });
  const landmarkInput = cropper.createCrop({ size: inputSizes.landmarks, lowest: 0, highest: 1, border: 'edge' });

  const create = async (response: Promise<Response>, outputs: readonly number[]): Promise<WebGpuModel> => {
    const network = await WebGpuModel.create(
      await modelBytes(response),
      landmarkInput.buffer,
      landmarkInput.size,
      outputs,
    );
    // Compiles what is compiled late.
    await (await network.run())[0].data();
    return network;
  };
  const createLandmarks = (response: Promise<Response>): Promise<WebGpuModel> =>
    create(response, outputLengths.landmarks);
  const load = async (): Promise<[LiteRtModel, WebGpuModel, WebGpuModel | null]> => [
    // On the CPU: LiteRT's GPU side cannot read the detector's sparse weights, so that most of its operations would stay there
    // anyway.
    await LiteRtModel.create(await modelBytes(files.detector), outputLengths.detector),
    await createLandmarks(files.landmarks),
    // Reads the landmark model's own crop: the person upright, at the same scale, whatever the frame.
    files.selfie && (await create(files.selfie, outputLengths.selfie)),
  ];
  const [detector, firstLandmarks, selfie] = await Promise.race([load(), lost]);
  const models = new LandmarkModels(firstModel, firstLandmarks, (model) =>
    createLandmarks(fetchLandmarkModel(folder, model)),
  );

  const timings: NetworkTimings = { cropMs: 0, inferenceMs: 0 };
  const crop = (input: WebGpuCrop, image: FrameImage, width: number, height: number, region: Region): void => {
    const start = performance.now();
    cropper.crop(image, width, height, region, input);
    timings.cropMs += performance.now() - start;
  };

  /** Where the detector, on the CPU, reads its crop. */
  const detectorPicture = createDetectorInput();
  const mask = new WebGpuFrameMask(backend);
  /** The crop's mask of the last `locate`. */
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
      const scoreAt = MODEL_LANDMARKS * RAW_LANDMARK_VALUES;
      return {
        landmarks: values.subarray(0, scoreAt),
        score: values.subarray(scoreAt, scoreAt + 1),
        world: values.subarray(scoreAt + 1),
      };
    },

    async segment(width, height, region, steady) {
      if (selfie) [coverage] = await selfie.run();
      if (!coverage) throw new Error('asked for a mask before anybody was located');
      // Selfie segmentation ends in a sigmoid of its own.
      mask.lay(coverage, !selfie, CROP_SIZE, width, height, region, steady);
    },

    takeMask: () => mask.toBitmap(),

    useModel: (next) => models.use(next),
  };
  return networks;
};

import type { NormalizedLandmarkList, Pose, Results } from '@mediapipe/pose';
import type { ModelName } from '../../../src/index.ts';
import type { Tracking } from './contestant.ts';
import { loadScript } from './load-script.ts';
import { readAlpha } from './read-alpha.ts';

/** Path of the package on the benchmark's server. */
const FOLDER = '/packages/@mediapipe/pose/';

/** MediaPipe's `modelComplexity` by model name. */
const complexities = { lite: 0, full: 1, heavy: 2 } as const;

/**
 * Loads the contestant `@mediapipe/pose` (a rival that a benchmark runs on the same frames) with its default settings,
 * mask and smoothing. `model`: BlazePose's landmark model. Times are milliseconds, landmarks 0..1 from the frame's top
 * left, masks coverage 0..255. It accepts no `VideoFrame`: it gets an `ImageBitmap` in main memory, made before its
 * time starts. The server must serve the package at `FOLDER`.
 */
export async function createBarePose(model: Exclude<ModelName, 'auto'>): Promise<Tracking> {
  await loadScript(`${FOLDER}pose.js`);
  const PoseSolution = (globalThis as unknown as { Pose: typeof Pose }).Pose;
  const pose = new PoseSolution({ locateFile: (name) => FOLDER + name });
  pose.setOptions({
    modelComplexity: complexities[model],
    smoothLandmarks: true,
    enableSegmentation: true,
    smoothSegmentation: true,
  });
  let results: Results | null = null;
  pose.onResults((latest) => {
    results = latest;
  });
  await pose.initialize();
  return {
    input: 'bitmap',
    async step(frame, timeMs) {
      // Its types name elements only, but it takes every image that has a width and that WebGL takes as a texture.
      const image = (await frame.take('bitmap')) as unknown as HTMLCanvasElement;
      results = null;
      const start = performance.now();
      await pose.send({ image }, timeMs);
      const ms = performance.now() - start;
      (image as unknown as ImageBitmap).close();
      return ms;
    },
    async settle() {
      if (results?.poseLandmarks) readAlpha(results.segmentationMask, 1, 1);
    },
    reset: () => pose.reset(),
    pose: () => {
      const landmarks: NormalizedLandmarkList | undefined = results?.poseLandmarks;
      return landmarks?.map(({ x, y, visibility = 0 }) => ({ x, y, visibility })) ?? null;
    },
    mask: (width = 0, height = 0) =>
      results?.poseLandmarks ? readAlpha(results.segmentationMask, width, height) : null,
  };
}

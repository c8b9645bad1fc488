import { FilesetResolver, PoseLandmarker } from '@mediapipe/tasks-vision';
import type { Contestant } from './contestant.ts';

/**
 * `@mediapipe/tasks-vision` on the CPU, with mask; `bundle`: URL of a `.task` file. The mask stays where it is: the callback
 * copies nothing. It gets an `ImageBitmap` in main memory whatever the others get: of all that it accepts the quickest, where
 * there is no GPU by far (a third of its time with a `VideoFrame`, half of that with a canvas).
 */
export const createTasksVision = async (bundle: string): Promise<Contestant> => {
  const landmarker = await PoseLandmarker.createFromOptions(await FilesetResolver.forVisionTasks('/packages/@mediapipe/tasks-vision/wasm'), {
    baseOptions: { modelAssetPath: bundle, delegate: 'CPU' },
    runningMode: 'VIDEO',
    outputSegmentationMasks: true,
  });
  return {
    input: 'bitmap',
    async step(frame, atMs) {
      const image = await frame.take('bitmap');
      const start = performance.now();
      let masks = 0;
      landmarker.detectForVideo(image, atMs, (result) => {
        masks = result.segmentationMasks?.length ?? 0;
      });
      const ms = performance.now() - start;
      image.close();
      // Only who found somebody has done the whole work.
      return masks > 0 ? ms : NaN;
    },
  };
};

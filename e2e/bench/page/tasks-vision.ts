import { FilesetResolver, PoseLandmarker } from '@mediapipe/tasks-vision';
import type { Contestant } from './contestant.ts';
import type { FrameKind } from './stored-frames.ts';

/**
 * Loads the contestant `@mediapipe/tasks-vision` (a rival that a benchmark runs on the same frames) on the CPU, with
 * mask. `bundle`: URL of a `.task` file, which holds the networks; `kind`: form of its frames. Times are milliseconds.
 * The callback copies no mask. Of the inputs that it takes, an `ImageBitmap` in main memory is the fastest: without a
 * GPU it needs a third of the time of a `VideoFrame`, and less than half of the time of a canvas.
 */
export async function createTasksVision(bundle: string, kind: FrameKind): Promise<Contestant> {
  const landmarker = await PoseLandmarker.createFromOptions(
    await FilesetResolver.forVisionTasks('/packages/@mediapipe/tasks-vision/wasm'),
    {
      baseOptions: { modelAssetPath: bundle, delegate: 'CPU' },
      runningMode: 'VIDEO',
      outputSegmentationMasks: true,
    },
  );
  return {
    input: kind,
    async step(frame, timeMs) {
      const image = await frame.take(kind);
      const start = performance.now();
      let masks = 0;
      landmarker.detectForVideo(image, timeMs, (result) => {
        masks = result.segmentationMasks?.length ?? 0;
      });
      const ms = performance.now() - start;
      image.close();
      // Without a person the work was not complete, and the time does not count.
      return masks > 0 ? ms : NaN;
    },
  };
}

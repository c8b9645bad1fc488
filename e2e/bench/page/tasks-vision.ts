import { FilesetResolver, PoseLandmarker } from '@mediapipe/tasks-vision';
import type { Contestant } from './contestant.ts';
import type { FrameKind } from './stored-frames.ts';

/**
 * `@mediapipe/tasks-vision` on the CPU, with mask; `bundle`: URL of a `.task` file. The mask stays where it is: the callback
 * copies nothing. Of all that it takes, an `ImageBitmap` in main memory is the quickest, where there is no GPU by far: a third
 * of its time with a `VideoFrame`, and less than half of that with a canvas.
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
    async step(frame, atMs) {
      const image = await frame.take(kind);
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
}

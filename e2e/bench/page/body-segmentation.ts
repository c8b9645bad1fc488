import { type BodySegmenter, createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import type { Contestant } from './contestant.ts';
import { loadScript } from './load-script.ts';
import { readAlpha } from './read-alpha.ts';

/** Path of the network's files on the benchmark's server. */
const FOLDER = '/packages/@mediapipe/selfie_segmentation';

/**
 * Loads the contestant `@tensorflow-models/body-segmentation` (a rival that a benchmark runs on the same frames), which
 * finds a mask but no pose. It gets an `ImageBitmap` in main memory, which is made before its time starts. Times are
 * milliseconds.
 */
export async function createBodySegmentation(): Promise<Contestant> {
  await loadScript(`${FOLDER}/selfie_segmentation.js`);
  const segmenter = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, {
    runtime: 'mediapipe',
    modelType: 'general',
    solutionPath: FOLDER,
  });
  let people: Awaited<ReturnType<BodySegmenter['segmentPeople']>> = [];
  return {
    input: 'bitmap',
    async step(frame) {
      const image = await frame.take('bitmap');
      const start = performance.now();
      people = await segmenter.segmentPeople(image as unknown as HTMLCanvasElement);
      const ms = performance.now() - start;
      image.close();
      return ms;
    },
    // It answers while the GPU process still works. Reading a pixel waits for the end.
    async settle() {
      for (const { mask } of people) readAlpha(await mask.toCanvasImageSource(), 1, 1);
    },
    reset: () => segmenter.reset(),
  };
}

import { type BodySegmenter, createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import type { Contestant } from './contestant.ts';
import { loadScript } from './load-script.ts';
import { readAlpha } from './read-alpha.ts';

const FOLDER = '/packages/@mediapipe/selfie_segmentation';

/** `@tensorflow-models/body-segmentation` alone: a mask, no pose. Its input as that of `createBarePose`. */
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
    // Its answer comes while the GPU process is still at it.
    async settle() {
      for (const { mask } of people) readAlpha(await mask.toCanvasImageSource(), 1, 1);
    },
    reset: () => segmenter.reset(),
  };
}

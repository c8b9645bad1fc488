import { createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import type { Contestant } from './contestant.ts';
import { loadScript } from './load-script.ts';

const FOLDER = '/packages/@mediapipe/selfie_segmentation';

/** `@tensorflow-models/body-segmentation` alone: a mask, no pose. Its input as that of `createBarePose`. */
export const createBodySegmentation = async (): Promise<Contestant> => {
  await loadScript(`${FOLDER}/selfie_segmentation.js`);
  const segmenter = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, { runtime: 'mediapipe', modelType: 'general', solutionPath: FOLDER });
  return {
    input: 'bitmap',
    async step(frame) {
      const image = await frame.take('bitmap');
      const start = performance.now();
      await segmenter.segmentPeople(image as unknown as HTMLCanvasElement);
      const ms = performance.now() - start;
      image.close();
      return ms;
    },
    reset: () => segmenter.reset(),
  };
};

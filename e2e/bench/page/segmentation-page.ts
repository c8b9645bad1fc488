// Page of `npm run bench -- segmentation`: runs the networks that give a person's mask side by side on the same frames.
import type { ModelName } from '../../../src/index.ts';
import { createRandom } from '../../../src/math/create-random.ts';
import { type SegmentationName, segmentationNames } from '../../../src/tracking/tracker.ts';
import { compareMasks, type MaskAgreement } from './compare-masks.ts';
import { openMaskedClips } from './masked-clips.ts';
import { createOurs, type Ours } from './ours.ts';
import { scaleMask } from './scale-mask.ts';
import { shuffle } from './shuffle.ts';

/** The times and masks of one network on one clip. */
export interface SegmentationRun {
  /** Name of the clip. */
  clip: string;
  /** The network: `pose` (an output of the pose network), or `selfie`. */
  segmentation: SegmentationName;
  /** By frame: time of pose and mask together, milliseconds. */
  ms: number[];
  /** Overlap, missed and extra area, as ratios, in each frame with a known mask. */
  agreements: MaskAgreement[];
}

/** Seed of the random order of the networks within a frame. */
const SEED = 21;

/** Agreement in a frame in which no person was found. */
const noAgreement: MaskAgreement = { iou: 0, missed: 1, extra: 0 };

/**
 * Runs each network over all clips on the `wasm` engine: every frame goes to all networks before the next. `model`:
 * BlazePose's landmark model; `hasFootage`: whether the server has the filmed test clips besides the mannequin's.
 */
async function run(model: Exclude<ModelName, 'auto'>, hasFootage: boolean): Promise<SegmentationRun[]> {
  const contestants: [SegmentationName, Ours][] = [];
  for (const segmentation of segmentationNames)
    contestants.push([segmentation, await createOurs('wasm', model, 'videoframe', segmentation)]);
  const random = createRandom(SEED);
  const runs: SegmentationRun[] = [];
  let clockMs = 0;
  for await (const { name: clip, stepMs, frames, masks } of openMaskedClips(hasFootage)) {
    const byNetwork = new Map<SegmentationName, SegmentationRun>(
      segmentationNames.map((segmentation) => [segmentation, { clip, segmentation, ms: [], agreements: [] }]),
    );
    for (const [, ours] of contestants) ours.reset?.();
    for (const [i, frame] of frames.entries()) {
      clockMs += stepMs;
      const expected = masks.get(i);
      shuffle(contestants, random);
      for (const [segmentation, ours] of contestants) {
        const result = byNetwork.get(segmentation);
        result?.ms.push(await ours.step(frame, clockMs));
        if (!expected) continue;
        const mask = ours.mask();
        result?.agreements.push(
          mask ? compareMasks(scaleMask(mask, expected.width, expected.height), expected) : noAgreement,
        );
      }
    }
    runs.push(...byNetwork.values());
    console.info(`bench: ${clip}`);
  }
  return runs;
}

const bench = { run };
/** The page's function, for `callPage`. */
export type SegmentationBench = typeof bench;
Object.assign(window, { bench });

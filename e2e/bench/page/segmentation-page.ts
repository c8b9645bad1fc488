// The page of `npm run bench -- segmentation`: the ways to a person's mask, side by side.
import type { ModelName } from '../../../src/index.ts';
import { createRandom } from '../../../src/math/create-random.ts';
import { type SegmentationName, segmentationNames } from '../../../src/tracking/tracker.ts';
import { compareMasks, type MaskAgreement } from './compare-masks.ts';
import { openMaskedClips } from './masked-clips.ts';
import { createOurs, type Ours } from './ours.ts';
import { scaleMask } from './scale-mask.ts';
import { shuffle } from './shuffle.ts';

/** What one way to a mask gave on one clip. */
export interface SegmentationRun {
  clip: string;
  segmentation: SegmentationName;
  /** Milliseconds of each frame: pose and mask. */
  ms: number[];
  /** Each frame with a known mask. */
  agreements: MaskAgreement[];
}

/** The order within a frame. */
const SEED = 21;

/** Nobody was seen. */
const nothing: MaskAgreement = { iou: 0, missed: 1, extra: 0 };

/** Runs each way to a mask over all clips on the `wasm` engine, frame by frame beside the others. */
async function run(model: Exclude<ModelName, 'auto'>, hasFootage: boolean): Promise<SegmentationRun[]> {
  const ways: [SegmentationName, Ours][] = [];
  for (const segmentation of segmentationNames)
    ways.push([segmentation, await createOurs('wasm', model, 'videoframe', segmentation)]);
  const random = createRandom(SEED);
  const runs: SegmentationRun[] = [];
  let clockMs = 0;
  for await (const { name: clip, stepMs, frames, masks } of openMaskedClips(hasFootage)) {
    const byWay = new Map<SegmentationName, SegmentationRun>(
      segmentationNames.map((segmentation) => [segmentation, { clip, segmentation, ms: [], agreements: [] }]),
    );
    for (const [, ours] of ways) ours.reset?.();
    for (const [i, frame] of frames.entries()) {
      clockMs += stepMs;
      const expected = masks.get(i);
      shuffle(ways, random);
      for (const [segmentation, ours] of ways) {
        const result = byWay.get(segmentation);
        result?.ms.push(await ours.step(frame, clockMs));
        if (!expected) continue;
        const seen = ours.mask();
        result?.agreements.push(
          seen ? compareMasks(scaleMask(seen, expected.width, expected.height), expected) : nothing,
        );
      }
    }
    runs.push(...byWay.values());
    console.info(`bench: ${clip}`);
  }
  return runs;
}

const bench = { run };
export type SegmentationBench = typeof bench;
Object.assign(window, { bench });

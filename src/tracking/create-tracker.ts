import { chooseEngines } from './choose-engines.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { hasGpu } from './has-gpu.ts';
import type { EngineName, ModelName, SegmentationName, Tracker } from './tracker.ts';

export interface TrackerChoice {
  engine: EngineName;
  model: ModelName;
  segmentation?: SegmentationName;
}

/**
 * The tracker for a choice of engine, not yet loaded: `auto` is `webgpu` where there is a GPU, else `wasm`, which runs
 * everywhere and off the page's thread. An engine that fails gives way to the next. Only the code of engines at work is
 * fetched. Model `auto` is `full`.
 */
export async function createTracker({ engine: wish, model, segmentation }: TrackerChoice): Promise<Tracker> {
  return createFailoverTracker({
    engines: await chooseEngines(wish, hasGpu),
    model: model === 'auto' ? 'full' : model,
    create: async (engine, model) => {
      if (engine === 'mediapipe') return (await import('./mediapipe-tracker.ts')).createMediaPipeTracker({ model });
      return (await import('./worker-tracker.ts')).createWorkerTracker({ engine, model, segmentation });
    },
  });
}

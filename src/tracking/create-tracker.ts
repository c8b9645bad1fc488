import { chooseEngines } from './choose-engines.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { hasGpu } from './has-gpu.ts';
import type { EngineName, ModelName, SegmentationName, Tracker } from './tracker.ts';

/** The settings of the room that choose a tracker. */
export interface TrackerChoice {
  engine: EngineName;
  model: ModelName;
  segmentation?: SegmentationName;
}

/**
 * Creates the tracker for the chosen engine, not yet loaded. Engine `auto` is `webgpu` on a real GPU and `wasm`
 * elsewhere; model `auto` is `full`. An engine that fails is replaced by the next (`createFailoverTracker`). Only the
 * code of engines in use is fetched.
 */
export async function createTracker({ engine: requested, model, segmentation }: TrackerChoice): Promise<Tracker> {
  return createFailoverTracker({
    engines: await chooseEngines(requested, hasGpu),
    model: model === 'auto' ? 'full' : model,
    create: async (engine, model) => {
      if (engine === 'mediapipe') return (await import('./mediapipe-tracker.ts')).createMediaPipeTracker({ model });
      return (await import('./worker-tracker.ts')).createWorkerTracker({ engine, model, segmentation });
    },
  });
}

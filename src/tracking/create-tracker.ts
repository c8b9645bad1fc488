import { type ImportOptions, importModule } from '../import-module.ts';
import { chooseEngines } from './choose-engines.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { hasGpu } from './has-gpu.ts';
import type { EngineName, ModelName, SegmentationName, Tracker } from './tracker.ts';

/** How a tracker's module fails. */
const MODULE: ImportOptions = { code: 'model-unreachable', what: 'The module of the tracker' };

/** The attributes of `<fitting-room>` that choose a tracker. */
export interface TrackerChoice {
  /** `auto`, `webgpu`, `wasm` or `mediapipe`. */
  engine: EngineName;
  /** Landmark model: `auto`, `lite`, `full` or `heavy`. */
  model: ModelName;
  /** Network of the person mask: `pose` (default) or `selfie`; engine `mediapipe` ignores it. */
  segmentation?: SegmentationName;
}

/**
 * Creates the tracker, which finds landmarks and the person mask in frames, for the chosen engine; call its `load`
 * next. Engine `auto` is `webgpu` on a real GPU and `wasm` elsewhere; model `auto` is `full`. If an engine fails, while
 * it loads or later, the next engine replaces it: `wasm` after `webgpu`, and for `auto` at last `mediapipe`. Only the
 * code of engines in use is fetched.
 */
export async function createTracker({ engine: requested, model, segmentation }: TrackerChoice): Promise<Tracker> {
  return createFailoverTracker({
    engines: await chooseEngines(requested, hasGpu),
    model: model === 'auto' ? 'full' : model,
    create: async (engine, model, isWhole) => {
      if (engine === 'mediapipe')
        return (await importModule(import('./mediapipe-tracker.ts'), MODULE)).createMediaPipeTracker({ model });
      const { createWorkerTracker } = await importModule(import('./worker-tracker.ts'), MODULE);
      return createWorkerTracker({ engine, model, segmentation, isWhole });
    },
  });
}

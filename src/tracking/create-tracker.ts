import type { EngineName, ModelName, SegmentationName, Tracker } from './tracker.ts';

export interface TrackerChoice {
  engine: EngineName;
  model: ModelName;
  segmentation?: SegmentationName;
}

/**
 * The tracker for an engine, not yet loaded. `auto` is `wasm`: it runs everywhere and off the page's thread. Only the
 * chosen engine's code is fetched. Model `auto` is `full`.
 */
export const createTracker = async ({ engine, model, segmentation }: TrackerChoice): Promise<Tracker> => {
  const chosen = model === 'auto' ? 'full' : model;
  if (engine === 'mediapipe') return (await import('./mediapipe-tracker.ts')).createMediaPipeTracker({ model: chosen });
  const { createWorkerTracker } = await import('./worker-tracker.ts');
  return createWorkerTracker({ engine: engine === 'webgpu' ? 'webgpu' : 'wasm', model: chosen, segmentation });
};

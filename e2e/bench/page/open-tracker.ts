import type { ModelName, Tracker } from '../../../src/tracking/tracker.ts';
import { createWorkerTracker } from '../../../src/tracking/worker-tracker.ts';

/** BlazePose's landmark model: `lite`, `full` or `heavy`. */
export type FilmModel = Exclude<ModelName, 'auto'>;

let tracker: Promise<Tracker> | null = null;

/**
 * Returns the project's tracker with the WebAssembly engine, in which the first call loads the landmark model `model`.
 * It is the worker itself, without a room's watchdog: that takes a worker for dead which answers late, and the frame
 * is lost with it. On a busy machine the first frame of a film is late, since its picture waits for shaders.
 */
export function openTracker(model: FilmModel): Promise<Tracker> {
  return (tracker ??= load(model));
}

async function load(model: FilmModel): Promise<Tracker> {
  const created = createWorkerTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

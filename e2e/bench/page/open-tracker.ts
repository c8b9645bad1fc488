import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { ModelName, Tracker } from '../../../src/tracking/tracker.ts';

/** BlazePose's landmark model: `lite`, `full` or `heavy`. */
export type FilmModel = Exclude<ModelName, 'auto'>;

let tracker: Promise<Tracker> | null = null;

/** Returns the project's tracker with the WebAssembly engine. The first call loads it with the landmark model `model`. */
export function openTracker(model: FilmModel): Promise<Tracker> {
  return (tracker ??= load(model));
}

async function load(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

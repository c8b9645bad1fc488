import type { EngineName, ModelName, Tracker } from './tracker.ts';

/**
 * The tracker for an engine, not yet loaded. `auto` is `wasm`: it runs everywhere and off the page's thread. `webgpu` is
 * not built yet and gives `wasm` too, which the tracker's own `engine` says. Only the chosen engine's code is fetched.
 */
export const createTracker = async ({ engine, model }: { engine: EngineName; model: ModelName }): Promise<Tracker> => {
  if (engine === 'mediapipe') return (await import('./mediapipe-tracker.ts')).createMediaPipeTracker({ model });
  return (await import('./wasm-tracker.ts')).createWasmTracker({ model });
};

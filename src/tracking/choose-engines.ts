import type { ConcreteEngine, EngineName } from './tracker.ts';

/** The engines to try for the room's `engine`, in order: each is used if those before it fail. */
export async function chooseEngines(
  requested: EngineName,
  hasGpu: () => Promise<boolean>,
): Promise<readonly ConcreteEngine[]> {
  if (requested === 'auto') return (await hasGpu()) ? ['webgpu', 'wasm', 'mediapipe'] : ['wasm', 'mediapipe'];
  return requested === 'webgpu' ? ['webgpu', 'wasm'] : [requested];
}

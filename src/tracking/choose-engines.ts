import type { ConcreteEngine, EngineName } from './tracker.ts';

/** The engines for a wish, the best first; each next one for the case that those before it fail. */
export async function chooseEngines(
  wish: EngineName,
  hasGpu: () => Promise<boolean>,
): Promise<readonly ConcreteEngine[]> {
  if (wish === 'auto') return (await hasGpu()) ? ['webgpu', 'wasm', 'mediapipe'] : ['wasm', 'mediapipe'];
  return wish === 'webgpu' ? ['webgpu', 'wasm'] : [wish];
}

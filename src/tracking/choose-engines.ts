import type { ConcreteEngine, EngineName } from './tracker.ts';

/**
 * Chooses the tracking engines to try: `auto` gives `webgpu` (only on a real GPU), `wasm`, `mediapipe`; `webgpu` gives
 * `webgpu`, `wasm`; each other engine gives itself alone.
 *
 * @param requested the attribute `engine` of `<fitting-room>`.
 * @param hasGpu resolves to whether WebGPU runs on a real GPU; called for `auto` only.
 * @returns at least one engine, the preferred one first; each is used if those before it fail.
 */
export async function chooseEngines(
  requested: EngineName,
  hasGpu: () => Promise<boolean>,
): Promise<readonly ConcreteEngine[]> {
  if (requested === 'auto') return (await hasGpu()) ? ['webgpu', 'wasm', 'mediapipe'] : ['wasm', 'mediapipe'];
  return requested === 'webgpu' ? ['webgpu', 'wasm'] : [requested];
}

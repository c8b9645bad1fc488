/**
 * Replaces the module `@mediapipe/selfie_segmentation` when the MediaPipe runtime is bundled. The package is a script
 * without exports that leaves its class in the global scope. Callers write `new SelfieSegmentation(settings)` as they
 * would with that class, and get an instance of it.
 *
 * Load the package's script by a tag before the first call; otherwise this throws.
 *
 * @param settings settings of the package's class: `{ locateFile }`, a function from a file's name to its URL.
 */
export function SelfieSegmentation(settings: unknown): object {
  const { SelfieSegmentation: Loaded } = globalThis as { SelfieSegmentation?: new (settings: unknown) => object };
  if (!Loaded) throw new Error('selfie_segmentation.js is not loaded');
  return new Loaded(settings);
}

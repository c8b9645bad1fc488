/**
 * Stands in for `@mediapipe/selfie_segmentation` when the MediaPipe runtime is bundled: that package is a script without
 * exports, which leaves its class in the global scope. The script is loaded by tag before this class is used.
 */
export class SelfieSegmentation {
  constructor(settings: unknown) {
    const loaded = (globalThis as { SelfieSegmentation?: new (settings: unknown) => SelfieSegmentation })
      .SelfieSegmentation;
    if (!loaded) throw new Error('selfie_segmentation.js is not loaded');
    return new loaded(settings);
  }
}

/**
 * Scripts that `layOutAssets` bundles from `entry` into `assets/runtime` (`to`), with the module format (`iife` for the
 * workers, which are classic scripts), settings of the minifier, and modules to replace by others (`alias`). They are
 * complete, so that neither a shop's bundler nor a development server processes them.
 */
export const bundles = [
  {
    entry: 'src/tracking/tracking-worker.ts',
    to: 'tracking-worker.js',
    format: 'iife',
    // LiteRT warns when a browser has no GPU, which this worker does not need. Failures are thrown, not logged.
    minify: { compress: { dropConsole: true } },
  },
  {
    entry: 'src/tracking/tracking-worker-webgpu.ts',
    to: 'tracking-worker-webgpu.js',
    format: 'iife',
    minify: { compress: { dropConsole: true } },
  },
  {
    entry: 'src/tracking/mediapipe-runtime.ts',
    to: 'mediapipe-runtime.js',
    format: 'es',
    alias: { '@mediapipe/selfie_segmentation': 'src/tracking/selfie-segmentation-global.ts' },
  },
];

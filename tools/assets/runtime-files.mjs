import { minifySync } from 'vite';
import { roundWeights } from './round-weights.mjs';
import { trimLiteRt } from './trim-litert.mjs';

/** Identifier of the .tflite format, bytes 4 to 7 of a file. */
const TFLITE_MAGIC = 'TFL3';
/** Size of `pose_solution_packed_assets.data`, which contains the pose detector and nothing else, bytes. */
const DETECTOR_BYTES = 2962288;

/**
 * Bits after the point of the weights of the networks that the first try-on waits for, of 10. Fewer would compress
 * better: `e2e/runtime.e2e.ts` limits the error.
 */
const KEPT_BITS = 8;

/** Throws unless `bytes` (a Buffer) are a TensorFlow Lite model. `name`: the file, for the message. */
function checkTflite(bytes, name) {
  if (bytes.toString('latin1', 4, 8) !== TFLITE_MAGIC) throw new Error(`${name} is not a TensorFlow Lite model`);
}

/** Throws unless `bytes` are the pose detector alone. */
function checkDetector(bytes, name) {
  checkTflite(bytes, name);
  if (bytes.length !== DETECTOR_BYTES) {
    throw new Error(`${name} has ${bytes.length} bytes, not ${DETECTOR_BYTES}: is it still the detector alone?`);
  }
}

/** Returns a script without comments and with short names. Throws if it is not JavaScript. */
function minify(code, name) {
  const { code: short, errors } = minifySync(name, code, { compress: true, mangle: true });
  if (errors.length > 0) throw new Error(`${name} cannot be minified: ${errors[0].message}`);
  return short;
}

// Entries of `runtimeFiles`: a file of LiteRT, its minified script, its trimmed WebAssembly, a network, that network with
// rounded weights, a file of one of MediaPipe's packages.
function litert(name) {
  return { from: `@litertjs/core/wasm/${name}`, to: name };
}
function loader(name) {
  return { ...litert(name), change: (bytes) => minify(bytes.toString(), name), changed: 'minified' };
}
function trimmed(name, to) {
  return {
    ...litert(name),
    to,
    change: (bytes) => trimLiteRt(bytes, name),
    changed: `${name} without the functions that no network calls on the CPU`,
  };
}
function model(from) {
  return { from, to: from.split('/').at(-1), check: checkTflite };
}
function rounded(file) {
  return {
    ...file,
    change: (bytes) => roundWeights(bytes, KEPT_BITS),
    changed: `weights rounded to ${KEPT_BITS} bits`,
  };
}
function mediapipe(solution, name) {
  return { from: `@mediapipe/${solution}/${name}`, to: `mediapipe/${solution}/${name}` };
}

/**
 * Files that `layOutAssets` copies from `node_modules` (`from`) to `assets/runtime` (`to`), from where the tracking
 * engines load them. `check(bytes, name)` throws when the bytes are not what the name says; `change(bytes)` returns what
 * is written instead of the bytes, and `changed` says how it differs.
 *
 * LiteRT has three builds: with relaxed SIMD, for browsers without it (`compat`), and threaded. The first two are
 * trimmed to what networks need on the CPU; `compat` is there as a whole besides, for the GPU and for what the trimmed
 * files lack. All engines share one copy of each network. The weights of those that the first try-on waits for are
 * rounded.
 */
export const runtimeFiles = [
  loader('litert_wasm_internal.js'),
  trimmed('litert_wasm_internal.wasm', 'litert_wasm_trimmed.wasm'),
  loader('litert_wasm_compat_internal.js'),
  litert('litert_wasm_compat_internal.wasm'),
  trimmed('litert_wasm_compat_internal.wasm', 'litert_wasm_compat_trimmed.wasm'),
  loader('litert_wasm_threaded_internal.js'),
  litert('litert_wasm_threaded_internal.wasm'),
  rounded({
    from: '@mediapipe/pose/pose_solution_packed_assets.data',
    to: 'pose_detection.tflite',
    check: checkDetector,
  }),
  rounded(model('@mediapipe/pose/pose_landmark_lite.tflite')),
  model('@mediapipe/pose/pose_landmark_full.tflite'),
  model('@mediapipe/pose/pose_landmark_heavy.tflite'),
  model('@mediapipe/selfie_segmentation/selfie_segmentation.tflite'),
  model('@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite'),
  ...[
    'pose.js',
    'pose_solution_packed_assets_loader.js',
    'pose_solution_simd_wasm_bin.data',
    'pose_solution_simd_wasm_bin.js',
    'pose_solution_simd_wasm_bin.wasm',
    'pose_solution_wasm_bin.js',
    'pose_solution_wasm_bin.wasm',
    'pose_web.binarypb',
  ].map((name) => mediapipe('pose', name)),
  ...[
    'selfie_segmentation.binarypb',
    'selfie_segmentation.js',
    'selfie_segmentation_solution_simd_wasm_bin.data',
    'selfie_segmentation_solution_simd_wasm_bin.js',
    'selfie_segmentation_solution_simd_wasm_bin.wasm',
    'selfie_segmentation_solution_wasm_bin.js',
    'selfie_segmentation_solution_wasm_bin.wasm',
  ].map((name) => mediapipe('selfie_segmentation', name)),
];

/**
 * Files that `layOutAssets` copies to `assets/decoders`, from where the adoption of garments loads them: a folder of
 * their own, because the hash of `assets/runtime` is part of the key of every cached film.
 */
export const decoderFiles = [{ from: 'draco3dgltf/draco_decoder_gltf.wasm', to: 'draco_decoder_gltf.wasm' }];

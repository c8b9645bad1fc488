/** Identifier of the .tflite format, bytes 4 to 7 of a file. */
const TFLITE_MAGIC = 'TFL3';
/** Size of `pose_solution_packed_assets.data`, which contains the pose detector and nothing else, bytes. */
const DETECTOR_BYTES = 2962288;

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

// Entries of `runtimeFiles`: a file of LiteRT, a network, a file of one of MediaPipe's packages.
function litert(name) {
  return { from: `@litertjs/core/wasm/${name}`, to: name };
}
function model(from) {
  return { from, to: from.split('/').at(-1), check: checkTflite };
}
function mediapipe(solution, name) {
  return { from: `@mediapipe/${solution}/${name}`, to: `mediapipe/${solution}/${name}` };
}

/**
 * Files that `layOutAssets` copies from `node_modules` (`from`) to `assets/runtime` (`to`), from where the tracking
 * engines load them. `check(bytes, name)` throws when the bytes are not what the name says. LiteRT has three builds:
 * plain, for browsers without relaxed SIMD (`compat`), and threaded. All engines share one copy of each network.
 */
export const runtimeFiles = [
  ...['litert_wasm_internal', 'litert_wasm_compat_internal', 'litert_wasm_threaded_internal'].flatMap((name) => [
    litert(`${name}.js`),
    litert(`${name}.wasm`),
  ]),
  { from: '@mediapipe/pose/pose_solution_packed_assets.data', to: 'pose_detection.tflite', check: checkDetector },
  ...['lite', 'full', 'heavy'].map((size) => model(`@mediapipe/pose/pose_landmark_${size}.tflite`)),
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

import type { Pose, Results } from '@mediapipe/pose';
import { createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import { FittingError } from '../errors.ts';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';
import type { ConcreteModel } from './tracker.ts';

/**
 * Runs MediaPipe's pose and selfie segmentation ("solutions", as MediaPipe calls its packages) on the page's thread.
 * Input: a canvas with a frame. Output: 33 pose landmarks in MediaPipe's form, and a picture whose alpha is the
 * coverage by the person.
 *
 * 1. `loadMediaPipe` downloads the files of `assets/runtime`, and starts both solutions.
 * 2. `findPose` and `segment` of its result run them on one frame each.
 *
 * This module is bundled into assets/runtime and imported by URL, so that a page's bundler never sees these packages.
 */

/**
 * Sizes in bytes of the files in `assets/runtime`, by path in that folder; the bundler replaces the name by the values.
 */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

/**
 * 33 pose landmarks of one frame, normalised to the picture, and the same in metres from the middle of the hips; both
 * absent when no person was found.
 */
export type PoseResults = Pick<Results, 'poseLandmarks' | 'poseWorldLandmarks'>;

/** MediaPipe's pose and selfie segmentation, loaded, on the page's thread. */
export interface MediaPipeRuntime {
  /**
   * Finds the pose of one person in a picture. `timeMs` must rise from call to call, because landmarks are smoothed.
   */
  findPose(image: HTMLCanvasElement, timeMs: number): Promise<PoseResults>;
  /**
   * Resolves to a picture of the size of `image` whose alpha is the coverage by the person; to null without a person.
   */
  segment(image: HTMLCanvasElement): Promise<CanvasImageSource | null>;
  /** Forgets the person and the smoothing. */
  reset(): void;
  /** Frees both solutions. */
  close(): void;
}

/** Values of the pose solution's option `modelComplexity`, by model. */
const MODEL_COMPLEXITIES = { lite: 0, full: 1, heavy: 2 } as const;

/** A WebAssembly module with one SIMD instruction. MediaPipe chooses its files by the same test. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Returns the file in `assets/runtime` for a name that MediaPipe requests, if several solutions share it, or null. */
function locateShared(name: string): string | null {
  if (name === 'pose_solution_packed_assets.data') return 'pose_detection.tflite';
  return name.endsWith('.tflite') ? name : null;
}

/** Returns MediaPipe's `locateFile` for one solution: a function from the name of a file to its URL. */
function locateIn(folder: string, solution: string) {
  return (name: string): string => folder + (locateShared(name) ?? `mediapipe/${solution}/${name}`);
}

/**
 * Runs a script that declares `globalName`, once per page even if several trackers need it. Resolves when it has run;
 * rejects with `FittingError` `model-unreachable`.
 */
function loadScript(url: string, globalName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (globalName in globalThis) return resolve();
    const present = [...document.scripts].find((script) => script.src === url);
    const script = present ?? document.createElement('script');
    script.addEventListener('load', () => resolve(), { once: true });
    const fail = (): void => {
      script.remove();
      reject(new FittingError('model-unreachable', `${url} cannot be loaded`));
    };
    script.addEventListener('error', fail, { once: true });
    if (present) return;
    script.src = url;
    document.head.append(script);
  });
}

/** The global through which MediaPipe hands settings to its WebAssembly module. */
const WASM_SETTINGS = 'createMediapipeSolutionsPackedAssets';
const SILENT_PRINTERS = { print: () => {}, printErr: () => {} };

/**
 * Runs `start`, and meanwhile adds silent printers to the settings that MediaPipe writes into its global. Without them
 * MediaPipe prints its start, the graphics driver and its graph to the console as warnings. Failures of `start` reject.
 */
async function quietly(start: () => Promise<void>): Promise<void> {
  const present = Object.getOwnPropertyDescriptor(globalThis, WASM_SETTINGS);
  // Another MediaPipe on the page has declared the global, which cannot be replaced: MediaPipe prints.
  if (present && !present.configurable) return start();
  let settings: unknown = present?.value;
  Object.defineProperty(globalThis, WASM_SETTINGS, {
    configurable: true,
    get: () => settings,
    set: (value: unknown) => {
      settings = typeof value === 'object' ? Object.assign(value ?? {}, SILENT_PRINTERS) : value;
    },
  });
  try {
    await start();
  } finally {
    Object.defineProperty(globalThis, WASM_SETTINGS, { configurable: true, writable: true, value: settings });
  }
}

/**
 * Downloads all files that MediaPipe will request, to report the progress and to name the file that fails. MediaPipe
 * then finds them in the browser's cache.
 */
async function warmCache(
  folder: string,
  model: ConcreteModel,
  onProgress: (loaded: number, total: number) => void,
): Promise<void> {
  const flavour = WebAssembly.validate(SIMD_MODULE) ? 'simd_wasm_bin' : 'wasm_bin';
  const names = [
    `mediapipe/pose/pose_solution_${flavour}.wasm`,
    `mediapipe/selfie_segmentation/selfie_segmentation_solution_${flavour}.wasm`,
    'pose_detection.tflite',
    `pose_landmark_${model}.tflite`,
    'selfie_segmentation.tflite',
  ];
  const files = names.map((name) => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] }));
  const { responses, failed } = fetchRuntimeFiles(files, onProgress);
  await Promise.race([failed, Promise.all(responses.map(async (response) => (await response).arrayBuffer()))]);
}

/**
 * Loads `@mediapipe/pose` and body-segmentation. `folder` is the absolute URL of `assets/runtime` with a trailing
 * slash; `model` is the landmark model, `lite`, `full` or `heavy`; `onProgress` is called with the bytes downloaded so
 * far and in all.
 *
 * 1. Download all files into the browser's cache, and report the bytes.
 * 2. Run the scripts of both solutions.
 * 3. Initialise one after the other, because both pass their settings through the same globals.
 *
 * Rejects with `FittingError` `model-unreachable` or with what MediaPipe throws.
 */
export async function loadMediaPipe(
  folder: string,
  model: ConcreteModel,
  onProgress: (loaded: number, total: number) => void,
): Promise<MediaPipeRuntime> {
  await warmCache(folder, model, onProgress);
  await loadScript(`${folder}mediapipe/pose/pose.js`, 'Pose');
  await loadScript(`${folder}mediapipe/selfie_segmentation/selfie_segmentation.js`, 'SelfieSegmentation');

  const PoseSolution = (globalThis as unknown as { Pose: typeof Pose }).Pose;
  const pose = new PoseSolution({ locateFile: locateIn(folder, 'pose') });
  pose.setOptions({ modelComplexity: MODEL_COMPLEXITIES[model], smoothLandmarks: true, enableSegmentation: false });
  let results: PoseResults | null = null;
  pose.onResults((latest) => {
    results = latest;
  });
  await quietly(() => pose.initialize());
  let segmenter: Awaited<ReturnType<typeof createSegmenter>> | undefined;
  await quietly(async () => {
    segmenter = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, {
      runtime: 'mediapipe',
      modelType: 'general',
      locateFile: locateIn(folder, 'selfie_segmentation'),
    });
  });

  return {
    async findPose(image, timeMs) {
      results = null;
      await pose.send({ image }, timeMs);
      if (!results) throw new Error('MediaPipe gave no answer');
      return results;
    },
    async segment(image) {
      const people = await segmenter?.segmentPeople(image);
      return people && people.length > 0 ? people[0].mask.toCanvasImageSource() : null;
    },
    reset() {
      pose.reset();
      segmenter?.reset();
    },
    close() {
      void pose.close();
      segmenter?.dispose();
    },
  };
}

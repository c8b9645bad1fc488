import type { Pose, Results } from '@mediapipe/pose';
import { createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import { FittingError } from '../errors.ts';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';
import type { ConcreteModel } from './tracker.ts';

// Bundled into assets/runtime, so that a shop's bundler never sees these packages; the tracker imports it by URL.

/** Sizes of the files in `assets/runtime`, filled in when this is bundled. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

/** What one frame gave; the landmark lists are absent when nobody was found. */
export type PoseResults = Pick<Results, 'poseLandmarks' | 'poseWorldLandmarks'>;

/** MediaPipe's two solutions, ready to run on the page's thread. */
export interface MediaPipeRuntime {
  /** `atMs` must rise from call to call. */
  findPose(image: HTMLCanvasElement, atMs: number): Promise<PoseResults>;
  /** The person's coverage in the alpha channel, at the size of `image`; null when there is none. */
  segment(image: HTMLCanvasElement): Promise<CanvasImageSource | null>;
  reset(): void;
  close(): void;
}

/** `modelComplexity` of the pose solution. */
const complexities = { lite: 0, full: 1, heavy: 2 } as const;

/** An empty WebAssembly module with one SIMD instruction: MediaPipe picks its files by the same test. */
const simdModule = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Files that several solutions need, or that lie in `assets/runtime` under another name, by the name MediaPipe asks for. */
function locateShared(name: string): string | null {
  if (name === 'pose_solution_packed_assets.data') return 'pose_detection.tflite';
  return name.endsWith('.tflite') ? name : null;
}

function locateIn(folder: string, solution: string) {
  return (name: string): string => folder + (locateShared(name) ?? `mediapipe/${solution}/${name}`);
}

/** Runs a script once per page, however many trackers want it, and resolves when it has run. */
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
const silent = { print: () => {}, printErr: () => {} };

/**
 * Runs `start` while whatever MediaPipe puts into its settings global also gets silent printers: it would write its start,
 * its graphics driver and its graph's chatter to the console as warnings. Failures are thrown all the same.
 */
async function quietly(start: () => Promise<void>): Promise<void> {
  const present = Object.getOwnPropertyDescriptor(globalThis, WASM_SETTINGS);
  // Declared by another MediaPipe on the page: then it keeps talking.
  if (present && !present.configurable) return start();
  let settings: unknown = present?.value;
  Object.defineProperty(globalThis, WASM_SETTINGS, {
    configurable: true,
    get: () => settings,
    set: (value: unknown) => {
      settings = typeof value === 'object' ? Object.assign(value ?? {}, silent) : value;
    },
  });
  try {
    await start();
  } finally {
    Object.defineProperty(globalThis, WASM_SETTINGS, { configurable: true, writable: true, value: settings });
  }
}

/** Downloads everything once, for the progress and for an error that names the file; MediaPipe then finds it in the cache. */
async function warmCache(
  folder: string,
  model: ConcreteModel,
  onProgress: (loaded: number, total: number) => void,
): Promise<void> {
  const flavour = WebAssembly.validate(simdModule) ? 'simd_wasm_bin' : 'wasm_bin';
  const names = [
    `mediapipe/pose/pose_solution_${flavour}.wasm`,
    `mediapipe/selfie_segmentation/selfie_segmentation_solution_${flavour}.wasm`,
    'pose_detection.tflite',
    `pose_landmark_${model}.tflite`,
    'selfie_segmentation.tflite',
  ];
  const files = names.map((name) => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] }));
  await Promise.all(fetchRuntimeFiles(files, onProgress).map(async (response) => (await response).arrayBuffer()));
}

/**
 * Loads `@mediapipe/pose` and body-segmentation from `folder` (absolute URL with a trailing slash), one after the other,
 * because both hand their settings over in the same globals. Rejects with `FittingError` `model-unreachable` or with what
 * MediaPipe throws.
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
  pose.setOptions({ modelComplexity: complexities[model], smoothLandmarks: true, enableSegmentation: false });
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
    async findPose(image, atMs) {
      results = null;
      await pose.send({ image }, atMs);
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

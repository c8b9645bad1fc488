/** What a shop can choose to host beside the files that every room loads. */
export interface AssetChoice {
  /** Landmark models. */
  models: readonly string[];
  /** Tracking engines. */
  engines: readonly string[];
  /** Whether LiteRT's build with threads is hosted, for cross-origin isolated pages. */
  threads: boolean;
}

/** Values of `AssetChoice.models`. */
export const modelNames = ['lite', 'full', 'heavy'] as const;
/** Values of `AssetChoice.engines`. */
export const engineNames = ['wasm', 'webgpu', 'mediapipe'] as const;

/** What `npx fitting-room assets` copies where nothing is chosen: everything in the package `fitting-room`. */
export const defaultChoice: AssetChoice = { models: ['lite', 'full'], engines: ['wasm', 'webgpu'], threads: false };

/** Files of one choice: their paths in the assets' folder match `paths`. */
interface AssetGroup {
  paths: RegExp;
  isChosen: (choice: AssetChoice) => boolean;
  /** Whether few pages need the files, so that they are in the package `fitting-room-extras`. */
  isExtra: boolean;
}

/** Files in no group: every room may load them, at each start or (the decoders) for compressed garments. */
const groups: readonly AssetGroup[] = [
  ...modelNames.map((model) => ({
    paths: new RegExp(`^runtime/pose_landmark_${model}\\.tflite$`),
    isChosen: ({ models }: AssetChoice) => models.includes(model),
    // 28 MB, and never chosen by `model="auto"`.
    isExtra: model === 'heavy',
  })),
  {
    paths: /^runtime\/tracking-worker-webgpu\.js$/,
    isChosen: ({ engines }) => engines.includes('webgpu'),
    isExtra: false,
  },
  {
    // `mediapipe-runtime.js` itself is in both packages: see `absent-mediapipe-runtime.ts`.
    paths: /^runtime\/(mediapipe\/|selfie_segmentation_landscape)/,
    isChosen: ({ engines }) => engines.includes('mediapipe'),
    isExtra: true,
  },
  {
    // LiteRT's build with threads, for pages that are cross-origin isolated, which few are.
    paths: /^runtime\/litert_wasm_threaded_/,
    isChosen: ({ threads }) => threads,
    isExtra: true,
  },
];

/** Returns whether the file is in the package `fitting-room-extras`. `path`: its path in the assets' folder. */
export function isExtraAsset(path: string): boolean {
  return groups.some(({ paths, isExtra }) => isExtra && paths.test(path));
}

/** Returns whether a shop with this choice hosts the file. `path`: its path in the assets' folder. */
export function isChosenAsset(path: string, choice: AssetChoice): boolean {
  return groups.every(({ paths, isChosen }) => !paths.test(path) || isChosen(choice));
}

/**
 * Returns whether a file of the extras takes the place of the file of the same path in `fitting-room`. `path`: its path
 * in the assets' folder. The tracking worker of the extras asks for threads; their MediaPipe runtime is the real one.
 */
export function replacesAsset(path: string, { engines, threads }: AssetChoice): boolean {
  return (
    (path === 'runtime/tracking-worker.js' && threads) ||
    (path === 'runtime/mediapipe-runtime.js' && engines.includes('mediapipe'))
  );
}

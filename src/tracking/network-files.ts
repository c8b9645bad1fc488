import { FittingError } from '../errors.ts';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';
import { CROP_SIZE } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { LiteRtBuild } from './start-litert.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** Sizes in bytes of the files in `assets/runtime`, by name; the worker's bundler replaces the name by the values. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

/** Number of the landmark model's points: 33 of the body, 2 auxiliary, 4 unused. */
export const MODEL_LANDMARKS = 39;
/** Side of the landmark model's heatmaps (for each point a map of its probability), cells. */
export const HEATMAP_SIZE = 64;

/**
 * Number of values of each output of the networks, in the order in which the engines read the outputs. The numbers of
 * one network are all different.
 */
export const OUTPUT_LENGTHS = {
  /** Boxes (2254 × 12), scores (2254). */
  detector: [2254 * 12, 2254],
  /** Landmarks (39 × 5), score (1), mask (256²), heatmaps (64² × 39), world landmarks (39 × 3). */
  landmarks: [
    MODEL_LANDMARKS * RAW_LANDMARK_VALUES,
    1,
    CROP_SIZE ** 2,
    HEATMAP_SIZE ** 2 * MODEL_LANDMARKS,
    MODEL_LANDMARKS * 3,
  ],
  /** Mask (256²). */
  selfie: [CROP_SIZE ** 2],
} as const;

/** Returns the name of a landmark model's file. */
function landmarkFile(model: ConcreteModel): string {
  return `pose_landmark_${model}.tflite`;
}

/** Fetches files of `folder` by name; `onProgress` is called with the bytes so far and in all. */
function fetchFiles(
  folder: string,
  names: readonly string[],
  onProgress: (loaded: number, total: number) => void,
): Promise<Response>[] {
  return fetchRuntimeFiles(
    names.map((name) => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] })),
    onProgress,
  );
}

/** The downloads that an engine starts with. Each rejects with `FittingError` `model-unreachable`. */
export interface NetworkFiles {
  /** LiteRT's WebAssembly. */
  runtime: Promise<Response>;
  /** The person detector's .tflite file. */
  detector: Promise<Response>;
  /** The landmark model's .tflite file. */
  landmarks: Promise<Response>;
  /** Selfie segmentation's .tflite file; null with segmentation `pose`, which needs none. */
  selfie: Promise<Response> | null;
}

/**
 * Fetches LiteRT (Google's library for .tflite networks) and the networks in parallel.
 *
 * @param folder URL of `assets/runtime` with a trailing slash.
 * @param build LiteRT's build, whose WebAssembly is fetched.
 * @param model the first landmark model.
 * @param segmentation network of the person mask: `pose` needs no file of its own, `selfie` does.
 * @param onProgress called with the bytes of all files downloaded so far, and their total.
 */
export function fetchNetworkFiles(
  folder: string,
  build: LiteRtBuild,
  model: ConcreteModel,
  segmentation: SegmentationName,
  onProgress: (loaded: number, total: number) => void,
): NetworkFiles {
  const names = [build.wasm, 'pose_detection.tflite', landmarkFile(model), 'selfie_segmentation.tflite'];
  const [runtime, detector, landmarks, selfie = null] = fetchFiles(
    folder,
    segmentation === 'selfie' ? names : names.slice(0, 3),
    onProgress,
  );
  return { runtime, detector, landmarks, selfie };
}

/** Fetches another landmark model from `folder` (URL with a trailing slash). Rejects as `fetchNetworkFiles` does. */
export function fetchLandmarkModel(folder: string, model: ConcreteModel): Promise<Response> {
  return fetchFiles(folder, [landmarkFile(model)], () => {})[0];
}

/** Identifier of the .tflite format, bytes 4 to 7 of a file. */
const MODEL_MAGIC = 'TFL3';

/**
 * Resolves to the bytes of a downloaded .tflite file. Rejects with `FittingError` `model-unreachable` if the response
 * is something else, such as an error page.
 */
export async function modelBytes(response: Promise<Response>): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await response).arrayBuffer());
  const magic = String.fromCharCode(...bytes.subarray(4, 8));
  if (magic !== MODEL_MAGIC)
    throw new FittingError('model-unreachable', "a model's address answers with something that is no model");
  return bytes;
}

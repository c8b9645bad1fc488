import { FittingError } from '../errors.ts';
import { fetchRuntimeFiles } from './fetch-runtime-files.ts';
import { CROP_SIZE } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { LiteRtBuild } from './start-litert.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** Sizes of the files in `assets/runtime`, filled in when the worker is bundled. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;

/** The landmark model's points: 33 of the body, 2 auxiliary, 4 unused. */
export const MODEL_LANDMARKS = 39;
/** Side of the landmark model's heatmaps, cells. */
export const HEATMAP_SIZE = 64;

/**
 * Number of values of each output of the networks, in the order in which they are read; within a network all different.
 */
export const OUTPUT_LENGTHS = {
  /** Boxes, scores. */
  detector: [2254 * 12, 2254],
  /** Landmarks, score, mask, heatmaps, world landmarks. */
  landmarks: [
    MODEL_LANDMARKS * RAW_LANDMARK_VALUES,
    1,
    CROP_SIZE ** 2,
    HEATMAP_SIZE ** 2 * MODEL_LANDMARKS,
    MODEL_LANDMARKS * 3,
  ],
  /** Mask. */
  selfie: [CROP_SIZE ** 2],
} as const;

function landmarkFile(model: ConcreteModel): string {
  return `pose_landmark_${model}.tflite`;
}

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

/** Downloads that an engine starts with. */
export interface NetworkFiles {
  runtime: Promise<Response>;
  detector: Promise<Response>;
  landmarks: Promise<Response>;
  /** Null with segmentation `pose`. */
  selfie: Promise<Response> | null;
}

/** Fetches LiteRT and the networks from `folder` (URL with a trailing slash) in parallel; see `fetchRuntimeFiles`. */
export function fetchNetworkFiles(
  folder: string,
  build: LiteRtBuild,
  model: ConcreteModel,
  segmentation: SegmentationName,
  onProgress: (loaded: number, total: number) => void,
): NetworkFiles {
  const names = [`${build.name}.wasm`, 'pose_detection.tflite', landmarkFile(model), 'selfie_segmentation.tflite'];
  const [runtime, detector, landmarks, selfie = null] = fetchFiles(
    folder,
    segmentation === 'selfie' ? names : names.slice(0, 3),
    onProgress,
  );
  return { runtime, detector, landmarks, selfie };
}

/** Fetches another landmark model. */
export function fetchLandmarkModel(folder: string, model: ConcreteModel): Promise<Response> {
  return fetchFiles(folder, [landmarkFile(model)], () => {})[0];
}

/** File type of a model, from its fifth byte on. */
const MODEL_MAGIC = 'TFL3';

/**
 * Reads a model's file. Rejects with `FittingError` `model-unreachable` if it is something else, such as an error page.
 */
export async function modelBytes(response: Promise<Response>): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await response).arrayBuffer());
  const magic = String.fromCharCode(...bytes.subarray(4, 8));
  if (magic !== MODEL_MAGIC)
    throw new FittingError('model-unreachable', "a model's address answers with something that is no model");
  return bytes;
}

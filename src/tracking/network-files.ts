import { COMPARE_FILES, fetchRuntimeFiles, type RuntimeDownloads } from './fetch-runtime-files.ts';
import { FileFault } from './file-fault.ts';
import { CROP_SIZE } from './pose-pipeline.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';
import type { LiteRtBuild, LiteRtFiles } from './start-litert.ts';
import type { ConcreteModel, SegmentationName } from './tracker.ts';

/** Sizes in bytes of the files in `assets/runtime`, by name; the worker's bundler replaces the name by the values. */
declare const RUNTIME_FILE_BYTES: Record<string, number>;
/** SHA-256 of the .tflite files, in hexadecimal, by name; replaced likewise. */
declare const MODEL_HASHES: Record<string, string>;

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

/** Name of the person detector's file. */
const DETECTOR = 'pose_detection.tflite';

/** Returns the name of a landmark model's file. */
function landmarkFile(model: ConcreteModel): string {
  return `pose_landmark_${model}.tflite`;
}

/** Fetches files of `folder` by name; `onProgress` is called with the bytes so far and in all. */
function fetchFiles(
  folder: string,
  names: readonly string[],
  onProgress: (loaded: number, total: number) => void,
): RuntimeDownloads {
  return fetchRuntimeFiles(
    names.map((name) => ({ url: folder + name, bytes: RUNTIME_FILE_BYTES[name] })),
    onProgress,
  );
}

/** The downloads that an engine starts with. */
export interface NetworkFiles extends LiteRtFiles {
  /** The person detector's .tflite file. */
  detector: Promise<ModelFile>;
  /** The landmark model's .tflite file. */
  landmarks: Promise<ModelFile>;
  /** Selfie segmentation's .tflite file; null with segmentation `pose`, which needs none. */
  selfie: Promise<ModelFile> | null;
}

/** A downloaded .tflite file. */
export interface ModelFile {
  url: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Fetches LiteRT (Google's library for .tflite networks) and the networks in parallel.
 *
 * @param folder URL of `assets/runtime` with a trailing slash.
 * @param build LiteRT's build, whose script and WebAssembly are fetched.
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
  const names = [build.script, build.wasm, DETECTOR, landmarkFile(model)];
  if (segmentation === 'selfie') names.push('selfie_segmentation.tflite');
  const { responses, failed } = fetchFiles(folder, names, onProgress);
  const read = (index: number): Promise<ModelFile> => {
    const file = Promise.race([failed, readModel(folder + names[index], responses[index])]);
    // The file may fail before it is wanted.
    file.catch(() => {});
    return file;
  };
  return {
    script: readToEnd(responses[0]),
    runtime: responses[1],
    detector: read(2),
    landmarks: read(3),
    selfie: segmentation === 'selfie' ? read(4) : null,
    failed,
  };
}

/** Fetches another landmark model from `folder` (URL with a trailing slash). Rejects with `FileFault`. */
export function fetchLandmarkModel(folder: string, model: ConcreteModel): Promise<ModelFile> {
  const name = landmarkFile(model);
  const { responses, failed } = fetchFiles(folder, [name], () => {});
  return Promise.race([failed, readModel(folder + name, responses[0])]);
}

/**
 * Makes a network of a downloaded file by `compile`. Rejects with the file's own fault, and when `compile` throws with a
 * `FileFault` with that cause: `model-unreachable` if the file is not the published one, which no engine can run, else
 * `engine-failed`.
 */
export async function compileModel<Network>(
  file: Promise<ModelFile>,
  compile: (bytes: Uint8Array<ArrayBuffer>) => Promise<Network>,
): Promise<Network> {
  const { url, bytes } = await file;
  try {
    return await compile(bytes);
  } catch (cause) {
    if (!(await isPublished(url, bytes)))
      throw new FileFault('model-unreachable', url, `${url} is not the model of this version: ${COMPARE_FILES}`);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileFault('engine-failed', url, `${url} cannot be run: ${reason}`, { cause });
  }
}

/** Whether the content is that of the file of this name, or cannot be compared (on a page without https). */
async function isPublished(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-256', bytes);
  if (!digest) return true;
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hash === MODEL_HASHES[url.slice(url.lastIndexOf('/') + 1)];
}

async function readModel(url: string, response: Promise<Response>): Promise<ModelFile> {
  return { url, bytes: await readToEnd(response) };
}

/** Reads a response at once, also where its bytes are wanted later: a body that nobody reads stops the download. */
function readToEnd(response: Promise<Response>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = response.then(async (arrived) => new Uint8Array(await arrived.arrayBuffer()));
  // `failed` has the reason.
  bytes.catch(() => {});
  return bytes;
}

// Page of `npm run bench -- tracking`: runs this project's tracker and its rivals, the contestants, side by side.
// 1. `open` loads all contestants.
// 2. `run` stores the frames of a clip and gives each frame to all contestants, in a random order.
// 3. It collects their times, landmarks and masks; Node judges them (`judgeTracking`).

import { createRandom } from '../../../src/math/create-random.ts';
import type { EngineName, ModelName } from '../../../src/tracking/tracker.ts';
import type { SeenPose } from '../compare-landmarks.ts';
import { createBarePose } from './bare-pose.ts';
import { createBodySegmentation } from './body-segmentation.ts';
import { type ClipName, mannequinTruth, openClip } from './clips.ts';
import { compareMasks } from './compare-masks.ts';
import type { Contestant, Tracking } from './contestant.ts';
import { createOurs, type Ours, type OursParts } from './ours.ts';
import { createRawLiteRt } from './raw-litert.ts';
import { shuffle } from './shuffle.ts';
import { type FrameKind, storeFrames } from './stored-frames.ts';
import { createTasksVision } from './tasks-vision.ts';

/** What the contestants are loaded with. `engine`: of this project's tracker; `model`: BlazePose's landmark model. */
export interface TrackingSetup {
  /** `wasm` (CPU) or `webgpu`. */
  engine: EngineName;
  model: Exclude<ModelName, 'auto'>;
  /** Form of the frames for this project's tracker. */
  kind: FrameKind;
  /** URL of the bundle for tasks-vision, which is left out if null, and the form of its frames. */
  tasksBundle: string | null;
  tasksKind: FrameKind;
}

/** `ours`: this project's tracker; `raw`: the bare landmark network; the others are rivals. */
export type ContestantName = 'ours' | 'mediapipe' | 'tasksVision' | 'raw' | 'bodySegmentation';

/** The results of a run. Lists are by frame. */
export interface TrackingRun {
  /** Times of each contestant that ran, milliseconds. */
  ms: Partial<Record<ContestantName, number[]>>;
  /** Times for which this project's tracker kept the page's thread busy, milliseconds. */
  busyMs: number[];
  /** Parts of the times of this project's tracker, milliseconds. */
  parts: OursParts[];
  /** Landmarks that the two trackers found, 0..1 from the frame's top left. */
  ours: SeenPose[];
  mediapipe: SeenPose[];
  /** Intersection over union (0..1) of this project's and MediaPipe's mask, for frames in which both have a mask. */
  maskIoU: number[];
  /** Exact landmarks. Null unless the clip is the mannequin's. */
  truth: SeenPose[] | null;
}

/** The loaded contestants; null: not available. */
interface Contestants extends Record<ContestantName, Contestant | null> {
  ours: Ours;
  mediapipe: Tracking;
}

/** Seed of the random order of the contestants within a frame. */
const SEED = 20;

let contestants: Contestants | null = null;
/** Time of the present frame, milliseconds. It rises over all clips: contestants reject a time that does not rise. */
let clockMs = 0;

/**
 * Loads all contestants, one after the other and tasks-vision first: MediaPipe's packages keep settings in the same
 * globals. Resolves to the engine that this project's tracker runs on, and to the form of each contestant's frames.
 */
async function open({
  engine,
  model,
  kind,
  tasksBundle,
  tasksKind,
}: TrackingSetup): Promise<{ engine: string; inputs: Partial<Record<ContestantName, string>> }> {
  const tasksVision = tasksBundle === null ? null : await createTasksVision(tasksBundle, tasksKind);
  const mediapipe = await createBarePose(model);
  const bodySegmentation = await createBodySegmentation();
  const ours = await createOurs(engine, model, kind);
  const raw = await createRawLiteRt(model, ours.tracker.engine === 'webgpu' ? 'webgpu' : 'wasm');
  contestants = { ours, mediapipe, tasksVision, raw, bodySegmentation };
  const inputs = Object.fromEntries(Object.entries(contestants).map(([name, contestant]) => [name, contestant?.input]));
  return { engine: ours.tracker.engine, inputs };
}

/**
 * Runs the contestants `names` on `count` frames of a clip (by default the whole clip once), which is repeated if it is
 * shorter.
 */
async function run(clip: ClipName, names: readonly ContestantName[], count?: number): Promise<TrackingRun> {
  if (!contestants) throw new Error('open first');
  const { ours, mediapipe } = contestants;
  const { source, stepMs } = openClip(clip);
  const frames = await storeFrames(source, count ?? Infinity);
  const total = count ?? frames.length;
  const result: TrackingRun = {
    ms: {},
    busyMs: [],
    parts: [],
    ours: [],
    mediapipe: [],
    maskIoU: [],
    truth: clip === 'mannequin' ? await mannequinTruth(frames) : null,
  };
  const runners = names.flatMap((name) => (contestants?.[name] ? [[name, contestants[name]] as const] : []));
  for (const [name, contestant] of runners) {
    result.ms[name] = [];
    contestant.reset?.();
  }
  const random = createRandom(SEED);
  for (let i = 0; i < total; i++) {
    const frame = frames[i % frames.length];
    const { width, height } = frame;
    clockMs += stepMs;
    // Shuffled, so that no contestant always runs after one that leaves the machine hot or busy.
    shuffle(runners, random);
    for (const [name, contestant] of runners) {
      result.ms[name]?.push(await contestant.step(frame, clockMs));
      if (contestant === ours) {
        result.busyMs.push(ours.busyMs());
        result.parts.push(ours.parts());
      }
      await contestant.settle?.();
    }
    result.ours.push({ width, height, landmarks: ours.pose() });
    result.mediapipe.push({ width, height, landmarks: mediapipe.pose() });
    const mask = ours.mask();
    const reference = mask && mediapipe.mask(mask.width, mask.height);
    if (mask && reference) result.maskIoU.push(compareMasks(mask, reference).iou);
    console.info(`bench: ${clip} ${i + 1}/${total}`);
  }
  return result;
}

const bench = { open, run };
/** The page's functions, for `callPage`. */
export type TrackingBench = typeof bench;
Object.assign(window, { bench });

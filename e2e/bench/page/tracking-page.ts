// The page of `npm run bench -- tracking`: everybody who finds people, side by side.

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

export interface TrackingSetup {
  engine: EngineName;
  model: Exclude<ModelName, 'auto'>;
  /** What ours is given. */
  kind: FrameKind;
  /** URL of tasks-vision's bundle, null leaves it out, and what it is given. */
  tasksBundle: string | null;
  tasksKind: FrameKind;
}

export type ContestantName = 'ours' | 'mediapipe' | 'tasksVision' | 'raw' | 'bodySegmentation';

/** What a run saw; lists go by frame. */
export interface TrackingRun {
  /** Milliseconds of each contestant that ran. */
  ms: Partial<Record<ContestantName, number[]>>;
  /** Milliseconds for which ours kept the page's thread busy. */
  busyMs: number[];
  /** Where the time of ours went. */
  parts: OursParts[];
  ours: SeenPose[];
  mediapipe: SeenPose[];
  /** Ours against mediapipe's, for frames in which both have one. */
  maskIoU: number[];
  /** Exact landmarks, where the clip itself has them. */
  truth: SeenPose[] | null;
}

interface Contestants extends Record<ContestantName, Contestant | null> {
  ours: Ours;
  mediapipe: Tracking;
}

/** The order of the contestants within a frame. */
const SEED = 20;

let contestants: Contestants | null = null;
/** Milliseconds; runs on from clip to clip, since no contestant takes a time twice. */
let clockMs = 0;

/** Loads everybody, one after the other and tasks-vision first: MediaPipe's packages hand over settings in the same globals. */
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

/** Runs `names` through `count` frames of a clip, begun anew when it is over; by default through the whole clip once. */
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
  const taking = names.flatMap((name) => (contestants?.[name] ? [[name, contestants[name]] as const] : []));
  for (const [name, contestant] of taking) {
    result.ms[name] = [];
    contestant.reset?.();
  }
  const random = createRandom(SEED);
  for (let i = 0; i < total; i++) {
    const frame = frames[i % frames.length];
    const { width, height } = frame;
    clockMs += stepMs;
    // In another order each time: nobody always comes after the one that leaves the machine hot or busy.
    shuffle(taking, random);
    for (const [name, contestant] of taking) {
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
export type TrackingBench = typeof bench;
Object.assign(window, { bench });

import type { FrameSource } from '../../../src/capture/frame-source.ts';
import { SteppedVideoSource } from '../../../src/capture/stepped-video-source.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { Clip, TrueMasks } from '../clip.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';
import { readMask } from './read-mask.ts';
import { storeFrames } from './stored-frames.ts';

/** Path of the clip's folder on the benchmark's server, and frames a second of the clip. */
const FOLDER = '/footage/rendered-male-arms';
const FPS = 30;
/** Every 15th frame of the clip has a mask. */
const MASK_STEP = 15;

/** The file of true joints and measures beside the clip. `stature`: centimetres. */
interface ClipTruth {
  frameCount: number;
  measurements: { stature: number };
  /** Camera space (x right, y down, z forward), metres. */
  frames: { landmarks: Record<JointName, { xyz: [number, number, number] }> }[];
}

/**
 * Converts a point from the clip's camera space (x right, y down, z forward) to the project's (x right, y up, z
 * backward); both in metres.
 */
export function toCameraSpace([x, y, z]: readonly number[]): [number, number, number] {
  return [x, -y, -z];
}

/**
 * Tracks a rendered person and outfit of another maker by a loaded `tracker`. The clip runs backwards, so that the body
 * is learned, then forwards without a jump. Resolves to a clip (landmarks, masks, true joints, some pictures) of both
 * passes, with the outfit's true masks (0 or 255) for the second pass.
 */
export async function filmThirdParty(tracker: Tracker): Promise<Clip & TrueMasks> {
  const { frameCount, measurements, frames } = (await (await fetch(`${FOLDER}/truth.json`)).json()) as ClipTruth;
  const stored = await storeFrames(new SteppedVideoSource(`${FOLDER}/clip.mp4`, { fps: FPS }), frameCount);
  const order = [...stored.keys()].toReversed().concat(...stored.keys());
  const arrays: TrueMasks['arrays'] = {};
  const masked: number[] = [];
  for (let i = 0; i < frameCount; i += MASK_STEP) {
    const file = `${FOLDER}/masks/male_casualsuit01-${String(i).padStart(4, '0')}.png`;
    arrays[`mask-${frameCount + i}`] = (await readMask(file, (red) => red >= 128)).data;
    masked.push(frameCount + i);
  }
  let position = 0;
  const { width, height } = stored[0];
  const source: FrameSource = {
    width,
    height,
    live: false,
    async next(target) {
      if (position === order.length) return null;
      const image = await stored[order[position]].take('bitmap');
      return Object.assign(target, { image, width, height, timeMs: (position++ * 1000) / FPS });
    },
    close() {},
  };
  const recorder = new ClipRecorder(order.length, masked);
  await filmFrames(source, tracker, recorder, (frame) =>
    jointNames.map((name) => toCameraSpace(frames[order[frame]].landmarks[name].xyz)),
  );
  const clip = recorder.toClip(tracker, measurements.stature);
  return { value: { ...clip.value, frames: masked }, arrays: { ...clip.arrays, ...arrays } };
}

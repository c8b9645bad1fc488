import type { FrameSource, PersonMask, Tracker } from '../../../src/index.ts';
import { SteppedVideoSource } from '../../../src/index.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import { WEAR_AHEAD } from './fit-case.ts';
import { type FitRun, runFit } from './fit-run.ts';
import { FitSheet } from './fit-sheet.ts';
import { readMask } from './read-mask.ts';
import { storeFrames } from './stored-frames.ts';

const FOLDER = '/footage/rendered-male-arms';
const FPS = 30;
/** Every so many frames have a mask. */
const MASK_STEP = 15;

interface ClipTruth {
  frameCount: number;
  measurements: { stature: number };
  /** Camera space with y down and z forward, metres. */
  frames: { landmarks: Record<JointName, { xyz: [number, number, number] }> }[];
}

/** The clip's camera space (x right, y down, z forward) as ours (x right, y up, z towards the viewer). */
function toCameraSpace([x, y, z]: readonly number[]): [number, number, number] {
  return [x, -y, -z];
}

export interface ThirdPartyRun {
  run: FitRun;
  /** By frame of the run and `jointNames`, camera space, metres. */
  truth: [number, number, number][][];
  /** The first frame that counts: the clip has passed once before. */
  from: number;
  sheet: Blob | null;
}

/**
 * A person that this project did not make in an outfit that it did not make, which the room puts on that person again. The
 * clip is shown backwards first, so that the room has learned what it learns, and then forwards, without a jump between.
 */
export async function runThirdParty(tracker: Tracker, garment: string, withSheet: boolean): Promise<ThirdPartyRun> {
  const { frameCount, measurements, frames } = (await (await fetch(`${FOLDER}/truth.json`)).json()) as ClipTruth;
  const stored = await storeFrames(new SteppedVideoSource(`${FOLDER}/clip.mp4`, { fps: FPS }), frameCount);
  const order = [...stored.keys()].toReversed().concat(...stored.keys());
  const masks = new Map<number, PersonMask>();
  for (let i = 0; i < frameCount; i += MASK_STEP) {
    masks.set(
      frameCount + i,
      await readMask(`${FOLDER}/masks/male_casualsuit01-${String(i).padStart(4, '0')}.png`, (red) => red >= 128),
    );
  }
  let given = 0;
  const { width, height } = stored[0];
  const source: FrameSource = {
    width,
    height,
    live: false,
    async next(target) {
      if (given === order.length) return null;
      const image = await stored[order[given]].take('bitmap');
      return Object.assign(target, { image, width, height, timeMs: (given++ * 1000) / FPS });
    },
    close() {},
  };
  const sheet = withSheet ? new FitSheet([...masks.keys()]) : null;
  const run = await runFit({
    source,
    tracker,
    garment,
    stature: measurements.stature,
    wearFrom: frameCount - WEAR_AHEAD,
    expect: (frame) => masks.get(frame) ?? null,
    sheet,
  });
  const truth = order.map((i) => jointNames.map((name) => toCameraSpace(frames[i].landmarks[name].xyz)));
  return { run, truth, from: frameCount, sheet: (await sheet?.toPng()) ?? null };
}

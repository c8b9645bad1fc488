import type { PosedBody } from '../../../src/body/body.ts';
import type { Garment } from '../../../src/garment/garment.ts';
import type { PersonMask, Tracker } from '../../../src/index.ts';
import { boneIndex, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../../src/mannequin/shape-mannequin.ts';
import { jointNames } from '../judge-fit.ts';
import { compareMasks } from './compare-masks.ts';
import { type Clothes, FitPerson, type FitScene, jointBones } from './fit-person.ts';
import { replayBody } from './fit-replay.ts';
import { runFit, type SeenFit } from './fit-run.ts';
import { FitSheet } from './fit-sheet.ts';
import { createTruthTracker } from './fit-truth-tracker.ts';
import { KEY_COLOR } from './key-mask.ts';
import { drawNaive } from './naive-garment.ts';

/** Everything that a case needs. */
export interface FitKit {
  tracker: Tracker;
  mannequin: Mannequin;
  garment: Garment;
  garmentSrc: string;
}

export interface CaseOptions {
  scene: FitScene;
  clothes: Clothes;
  /** Exact landmarks in place of the tracker's. */
  isExact: boolean;
  /** The first frame that counts, and every how many of them the pictures are compared. */
  from: number;
  every: number;
  withSheet: boolean;
}

export interface CaseRun {
  frames: SeenFit[];
  truth: [number, number, number][][];
  from: number;
  /** IoU of the naive overlay by the same landmarks, in the frames that are compared. */
  naive: number[];
  /** Of the solved body at the end, by `morphNames`. */
  weights: number[];
  /** Milliseconds a frame. */
  bodyMs: number[];
  sheet: Blob | null;
}

/** Frames before the first that counts in which the garment is on. */
export const WEAR_AHEAD = 4;

/** Height of a shape, centimetres. */
export function statureOf(mannequin: Mannequin, shape: string): number {
  const { positions } = shapeMannequin(mannequin, mannequin.presets[shape], createMannequinShape(mannequin));
  let [low, high] = [Infinity, -Infinity];
  for (let i = 1; i < positions.length; i += 3) {
    low = Math.min(low, positions[i]);
    high = Math.max(high, positions[i]);
  }
  return 100 * (high - low);
}

/** The true pixels of the garment, in the frames that are compared. */
export async function trueGarments(
  scene: FitScene,
  garmentSrc: string,
  frames: readonly number[],
): Promise<Map<number, PersonMask>> {
  const dressed = new FitPerson(scene, 'none', { src: garmentSrc });
  await dressed.ready();
  const masks = new Map<number, PersonMask>();
  for (const frame of frames) {
    const mask = dressed.truth(dressed.timeOf(frame), { garment: true }).garmentMasks?.[0];
    if (mask) masks.set(frame, { ...mask, data: mask.data.slice() });
  }
  dressed.close();
  return masks;
}

/** Throws where the replay did not come to the room's own body: its figures would be of another. */
function checkReplay({ found, positions }: PosedBody, { joints }: SeenFit): void {
  const off =
    joints?.map((joint, i) =>
      Math.hypot(...joint.map((at, k) => at - positions[3 * boneIndex[jointBones[jointNames[i]]] + k])),
    ) ?? [];
  if (found !== (joints !== null) || Math.max(0, ...off) > 1e-6)
    throw new Error(`the replayed body lies ${Math.max(0, ...off)} m beside the room's`);
}

/** The person without the garment goes through the room, and what the room draws is compared with `masks`. */
export async function runCase(
  { tracker, mannequin, garment, garmentSrc }: FitKit,
  masks: ReadonlyMap<number, PersonMask>,
  options: CaseOptions,
): Promise<CaseRun> {
  const { scene, clothes, isExact, from, withSheet } = options;
  const stature = statureOf(mannequin, scene.shape);
  const source = new FitPerson(isExact ? { ...scene, background: KEY_COLOR, noise: 0 } : scene, clothes);
  const knowing = new FitPerson(scene, 'none');
  await Promise.all([source.ready(), knowing.ready()]);
  const sheet = withSheet ? new FitSheet([...masks.keys()]) : null;
  const run = await runFit({
    source,
    tracker: isExact ? createTruthTracker(knowing, mannequin) : tracker,
    garment: garmentSrc,
    stature,
    wearFrom: from - WEAR_AHEAD,
    expect: (frame) => masks.get(frame) ?? null,
    sheet,
  });
  const truth = run.frames.map(({ timeMs }) => knowing.joints(timeMs));
  knowing.close();
  const { posed, wardrobe, bodyMs } = await replayBody(run.tracked, mannequin, {
    stature,
    garment: garmentSrc,
    isDepthMeasured: isExact,
  });
  wardrobe.dispose();
  checkReplay(posed, run.frames[run.frames.length - 1]);
  const naive = run.tracked.flatMap((tracked) => {
    const mask = masks.get(tracked.frame);
    if (!mask) return [];
    return [tracked.score > 0 ? compareMasks(drawNaive(garment, mannequin, tracked), mask).iou : 0];
  });
  return {
    frames: run.frames,
    truth,
    from,
    naive,
    weights: [...posed.shape],
    bodyMs,
    sheet: (await sheet?.toPng()) ?? null,
  };
}

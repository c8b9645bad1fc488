import type { FrameSource, PersonMask } from '../../../src/index.ts';
import { MannequinSource, SteppedVideoSource } from '../../../src/index.ts';
import type { MannequinSourceOptions } from '../../../src/synthetic/mannequin-source.ts';
import { createMannequinTruth } from '../../../src/synthetic/mannequin-source.ts';
import { readMask } from './read-mask.ts';
import { type StoredFrame, storeFrames } from './stored-frames.ts';

/** A clip of a person with true masks for some of its frames. */
export interface MaskedClip {
  name: string;
  /** Time from frame to frame, milliseconds. */
  stepMs: number;
  frames: readonly StoredFrame[];
  /** True masks by index into `frames`: coverage 0..255. */
  masks: ReadonlyMap<number, PersonMask>;
}

/**
 * A still is tracked this number of times and judged at the last: from the second time on the crop follows from the
 * pose.
 */
const STILL_FRAMES = 3;
/** Photos of the test data. */
const stills = ['pose', 'portrait'] as const;

/** Reads a photo, and its mask. */
async function openStill(name: (typeof stills)[number]): Promise<MaskedClip> {
  const picture = await createImageBitmap(await (await fetch(`/footage/stills/${name}.jpg`)).blob());
  const { width, height } = picture;
  let count = 0;
  const source: FrameSource = {
    width,
    height,
    live: false,
    next: async (target) =>
      count++ < STILL_FRAMES
        ? Object.assign(target, { image: await createImageBitmap(picture), width, height, timeMs: count })
        : null,
    close: () => picture.close(),
  };
  const frames = await storeFrames(source, STILL_FRAMES);
  // The person is painted blue.
  const mask = await readMask(`/footage/stills/${name}_segmentation.png`, (red, _, blue) => blue >= 128 && red < 128);
  return { name: `still ${name}`, stepMs: 1000 / 30, frames, masks: new Map([[STILL_FRAMES - 1, mask]]) };
}

/** Every 15th frame of the rendered clip has a mask. */
const RENDERED_STEP = 15;

/** Reads the test data's clip of a rendered person, and its masks. */
async function openRendered(): Promise<MaskedClip> {
  const frames = await storeFrames(
    new SteppedVideoSource('/footage/rendered-male-arms/clip.mp4', { fps: 30 }),
    Infinity,
  );
  const masks = new Map<number, PersonMask>();
  for (let i = 0; i < frames.length; i += RENDERED_STEP) {
    masks.set(
      i,
      await readMask(`/footage/rendered-male-arms/masks/person-${String(i).padStart(4, '0')}.png`, (red) => red >= 128),
    );
  }
  return { name: 'rendered-male-arms', stepMs: 1000 / 30, frames, masks };
}

/** Motions of the mannequin, the project's synthetic person. */
const motions = ['stand', 'arms', 'arms-crossed', 'turn'] as const;
/**
 * Frames a second, and number of frames, of the mannequin's clips: eight seconds hold a whole turn, or arms raised and
 * lowered, or crossed.
 */
const MANNEQUIN_FPS = 5;
const MANNEQUIN_FRAMES = 40;
/** Every fourth frame gets a mask, but the first. */
const MANNEQUIN_STEP = 4;

/** Films the mannequin, and draws its masks. */
async function openMannequin(motion: (typeof motions)[number]): Promise<MaskedClip> {
  const options: MannequinSourceOptions = { assets: '/assets/', motion, fps: MANNEQUIN_FPS, frames: MANNEQUIN_FRAMES };
  const frames = await storeFrames(new MannequinSource(options), MANNEQUIN_FRAMES);
  const exact = new MannequinSource(options);
  await exact.ready();
  const masks = new Map<number, PersonMask>();
  for (let i = MANNEQUIN_STEP; i < frames.length; i += MANNEQUIN_STEP) {
    const { personMask } = exact.truth(frames[i].timeMs, createMannequinTruth());
    if (personMask) masks.set(i, personMask);
  }
  exact.close();
  return { name: `mannequin, ${motion}`, stepMs: 1000 / MANNEQUIN_FPS, frames, masks };
}

/**
 * Opens the clips of `npm run bench -- segmentation`, one after the other. Without footage (the test data) it yields
 * only those of the mannequin.
 */
export async function* openMaskedClips(hasFootage: boolean): AsyncGenerator<MaskedClip> {
  if (hasFootage) {
    for (const still of stills) yield openStill(still);
    yield openRendered();
  }
  for (const motion of motions) yield openMannequin(motion);
}

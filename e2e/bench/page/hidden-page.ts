// Page of `npm run bench -- hidden`: tracks people with bare and with covered faces, and pictures without a person.
// 1. `open` loads this project's tracker.
// 2. `runClip` tracks a clip twice, with bare faces and with a dark rectangle over each face, and compares.
// 3. `runDrawn`, `runPictures` and `runBackgrounds` track pictures without a person: drawn ones, files, and the sides
//    of a clip's first frame beside its person. They return the pictures in which a person is found.
import type { FrameSource, ModelName } from '../../../src/index.ts';
import { MannequinSource, SteppedVideoSource } from '../../../src/index.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { EngineName, TrackedFrame, Tracker } from '../../../src/tracking/tracker.ts';
import { coverFace, type PicturePoint } from '../../lab/cover-face.ts';
import { drawEmptyScene, type EmptyKind } from '../../lab/empty-scenes.ts';
import { hiddenStills } from '../../lab/find-hidden.ts';
import { type StoredFrame, storeFrames } from './stored-frames.ts';

/** A clip of one person; `src`: URL of a video or a photo. Without it the clip is ten stills of the mannequin. */
export interface HiddenClip {
  name: string;
  src?: string;
  /** Frames a second that are read from a video. */
  fps?: number;
}

/** What was found in the frames of a clip. */
export interface HiddenRun {
  /** Number of frames. */
  frames: number;
  /** Frames in which a person was found, with the bare face and with the covered face. */
  bare: number;
  covered: number;
  /** Frames in which the covered face's trunk was found where the bare face's is. */
  near: number;
}

/** Distance of shoulders and hips up to which two poses are of the same person, as a share of the trunk's length. */
const NEAR = 0.25;
/** Number of times that a picture is given as a frame: the first tries all regions, and later ones repeat them. */
const PICTURE_FRAMES = 2;
/** Time from frame to frame that the tracker is told. */
const FRAME_MS = 1000 / 30;
/** Coverage, 0..255, from which a pixel of the mask belongs to the person. */
const SEEN = 32;
/** Distance from the person at which a background begins, pixels of the mask: the person's shadow and hair. */
const BACKGROUND_MARGIN = 6;
/** Smallest width of a background, as a share of its height. */
const MIN_BACKGROUND = 0.2;
/** Largest side of a picture without a person, px. */
const MAX_SIDE = 960;
/** Sizes of drawn pictures, px: phones and laptops. */
const SIZES = [
  [480, 640],
  [720, 1280],
  [640, 480],
  [1280, 720],
] as const;
const tracked = createTrackedFrame();
let tracker: Tracker;
/** Time of the last frame: it rises over all clips. */
let clockMs = 0;

/** Loads the tracker. Resolves to the name of the engine that runs, which may not be the given one. */
async function open(engine: EngineName, model: Exclude<ModelName, 'auto'>): Promise<string> {
  tracker = await createTracker({ engine, model });
  await tracker.load({ assets: '/assets/' });
  return tracker.engine;
}

/** Tracks one frame of `width` × `height` pixels, and closes it. The next call overwrites the result. */
async function track(image: VideoFrame | ImageBitmap, width: number, height: number): Promise<TrackedFrame> {
  clockMs += FRAME_MS;
  const frame = { image, width, height, timeMs: clockMs } as Parameters<Tracker['track']>[0];
  await tracker.track(frame, tracked);
  frame.image?.close();
  return tracked;
}

/** Creates a 2D canvas of `width` × `height` pixels. */
function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to cover faces on');
  return context;
}

/** A photo, or a canvas with a picture, as a source of one frame. */
function pictureSource(picture: ImageBitmap | OffscreenCanvas): FrameSource {
  let isGiven = false;
  const { width, height } = picture;
  return {
    width,
    height,
    live: false,
    async next(target) {
      if (isGiven) return null;
      isGiven = true;
      return Object.assign(target, { image: await createImageBitmap(picture), width, height, timeMs: 0 });
    },
    close() {},
  };
}

/** Loads the picture at the URL `src`, scaled down to `MAX_SIDE`. */
async function fetchPicture(src: string): Promise<ImageBitmap> {
  const picture = await createImageBitmap(await (await fetch(src)).blob(), { imageOrientation: 'from-image' });
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  return createImageBitmap(picture, {
    resizeWidth: Math.round(picture.width * scale),
    resizeHeight: Math.round(picture.height * scale),
  });
}

/** Returns the first `limit` frames of a clip, in lists that are tracked one by one. */
async function readClip({ src, fps = 10 }: HiddenClip, limit = Infinity): Promise<StoredFrame[][]> {
  if (src?.endsWith('.mp4')) return [await storeFrames(new SteppedVideoSource(src, { fps }), limit)];
  if (src !== undefined) return [await storeFrames(pictureSource(await fetchPicture(src)), 1)];
  const stills: StoredFrame[][] = [];
  for (const [motion, timeMs, view] of hiddenStills) {
    const source = new MannequinSource({ assets: '/assets/', motion, view, fps: 1000, seed: stills.length });
    source.seek(timeMs);
    stills.push(await storeFrames(source, 1));
  }
  return stills;
}

/** Converts 33 × (x, y, z, visibility), x and y 0..1 from the top left, to points. */
function toPoints(pose: Float32Array): PicturePoint[] {
  return Array.from({ length: pose.length / 4 }, (_, i) => ({ x: pose[4 * i], y: pose[4 * i + 1] }));
}

/** Whether shoulders and hips of two poses are near. Poses: 33 × (x, y, z, visibility), x and y 0..1 of the frame. */
function isNear(a: Float32Array, b: Float32Array, { width, height }: StoredFrame): boolean {
  // Of a left landmark i, 11 (shoulder) or 23 (hip), and the right one after it; pixels.
  const middle = (pose: Float32Array, i: number): [number, number] => [
    ((pose[4 * i] + pose[4 * i + 4]) / 2) * width,
    ((pose[4 * i + 1] + pose[4 * i + 5]) / 2) * height,
  ];
  const [shouldersA, hipsA, shouldersB, hipsB] = [middle(a, 11), middle(a, 23), middle(b, 11), middle(b, 23)];
  const distance = (p: number[], q: number[]): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
  const limit = NEAR * distance(shouldersA, hipsA);
  return distance(shouldersA, shouldersB) < limit && distance(hipsA, hipsB) < limit;
}

/** Tracks a clip twice: with the bare faces, and with a dark rectangle over the face that was found there. */
async function runClip(clip: HiddenClip): Promise<HiddenRun> {
  const run: HiddenRun = { frames: 0, bare: 0, covered: 0, near: 0 };
  for (const frames of await readClip(clip)) {
    tracker.reset();
    const poses: (Float32Array | null)[] = [];
    for (const frame of frames) {
      const { score, landmarks } = await track(await frame.take('videoframe'), frame.width, frame.height);
      poses.push(score > 0 ? landmarks.slice() : null);
    }
    tracker.reset();
    for (const [i, frame] of frames.entries()) {
      const { width, height } = frame;
      const pose = poses[i] ?? poses.find((each) => each !== null) ?? null;
      const context = createContext(width, height);
      const picture = await frame.take('bitmap');
      context.drawImage(picture, 0, 0);
      picture.close();
      if (pose) coverFace(context, toPoints(pose), width, height);
      const { score, landmarks } = await track(await createImageBitmap(context.canvas), width, height);
      run.frames++;
      if (poses[i]) run.bare++;
      if (score > 0) run.covered++;
      if (score > 0 && pose && isNear(pose, landmarks, frame)) run.near++;
    }
  }
  return run;
}

/** Whether a person is found in a picture that is given as frame after frame. */
async function isFound(picture: ImageBitmap | OffscreenCanvas): Promise<boolean> {
  const { width, height } = picture;
  tracker.reset();
  let isFound = false;
  for (let i = 0; i < PICTURE_FRAMES && !isFound; i++)
    isFound = (await track(await createImageBitmap(picture), width, height)).score > 0;
  return isFound;
}

/** Draws `count` pictures of `kind`. Returns the seeds of those in which a person is found. */
async function runDrawn(kind: EmptyKind, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    const [width, height] = SIZES[seed % SIZES.length];
    if (await isFound(drawEmptyScene(kind, seed, width, height))) found.push(String(seed));
  }
  return found;
}

/** Returns those of `pictures` (URLs) in which a person is found. */
async function runPictures(pictures: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const src of pictures) {
    const picture = await fetchPicture(src);
    if (await isFound(picture)) found.push(src);
    picture.close();
  }
  return found;
}

/**
 * Tracks the sides of a clip's first frame, left and right of its person, as pictures of their own. Returns the names
 * of the sides in which a person is found, and the number of sides that are wide enough.
 */
async function runBackgrounds(clip: HiddenClip): Promise<{ pictures: number; found: string[] }> {
  const [[frame]] = await readClip(clip, 1);
  tracker.reset();
  const { mask } = await track(await frame.take('videoframe'), frame.width, frame.height);
  const found: string[] = [];
  let pictures = 0;
  if (!mask) return { pictures, found };
  const { width, height, data } = mask;
  let left = width;
  let right = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < SEEN) continue;
    left = Math.min(left, i % width);
    right = Math.max(right, i % width);
  }
  const picture = await frame.take('bitmap');
  const scale = frame.width / width;
  for (const [side, from, to] of [
    ['left', 0, left - BACKGROUND_MARGIN],
    ['right', right + BACKGROUND_MARGIN, width],
  ] as const) {
    if ((to - from) / height < MIN_BACKGROUND) continue;
    const background = await createImageBitmap(picture, from * scale, 0, (to - from) * scale, frame.height);
    pictures++;
    if (await isFound(background)) found.push(`${clip.name}, ${side}`);
    background.close();
  }
  picture.close();
  return { pictures, found };
}

const bench = { open, runClip, runDrawn, runPictures, runBackgrounds };
/** The page's functions, for `callPage`. */
export type HiddenBench = typeof bench;
Object.assign(window, { bench });

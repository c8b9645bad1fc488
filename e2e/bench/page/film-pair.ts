import { createFrame, type FrameSource } from '../../../src/capture/frame-source.ts';
import { PhotoSource } from '../../../src/capture/photo-source.ts';
import { SteppedVideoSource } from '../../../src/capture/stepped-video-source.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { EntryArray } from '../cache-entry.ts';
import type { Clip } from '../clip.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import type { PairFilm } from '../pair-film.ts';
import { ClipRecorder, encodePicture } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';
import { readMask } from './read-mask.ts';
import { toCameraSpace } from './third-party-clip.ts';

/** The files of a pair. */
export interface PairFiles {
  /** URL of the folder. */
  folder: string;
  /** Names of the outfits in the names of their masks: the garment to try on, and the own clothes. */
  garment: string;
  ownClothes: string;
  /** Numbers of the frames with masks. */
  frames: readonly number[];
}

/** The file of true joints beside the films. */
interface PairTruth {
  fps: number;
  frameCount: number;
  /** `xyz`: camera space with y down and z forward, metres; `px`: pixels from the top left. */
  frames: { landmarks: Record<JointName, { xyz: [number, number, number]; px: [number, number] }> }[];
}

/** Passes the frames of a film on. Throws for a picture that does not belong to the time of its frame. */
function checkTimes(source: FrameSource, fps: number): FrameSource {
  return {
    get width() {
      return source.width;
    },
    get height() {
      return source.height;
    },
    live: false,
    async next(target) {
      const frame = await source.next(target);
      if (frame?.image && 'timestamp' in frame.image) {
        const lateFrames = (frame.image.timestamp / 1000 - frame.timeMs) * (fps / 1000);
        if (Math.abs(lateFrames) > 0.5) throw new Error(`the frame at ${frame.timeMs} ms is late by ${lateFrames}`);
      }
      return frame;
    },
    close: () => source.close(),
  };
}

function openFilm(url: string, fps: number): FrameSource {
  return checkTimes(new SteppedVideoSource(url, { fps }), fps);
}

/** Returns pixels for each metre at the person's trunk, from the distance between the middles of shoulders and hips. */
function scaleOf(landmarks: PairTruth['frames'][number]['landmarks']): number {
  const lengthOf = (points: 'xyz' | 'px'): number => {
    const middle = (a: JointName, b: JointName): number[] =>
      landmarks[a][points].map((value, k) => (value + landmarks[b][points][k]) / 2);
    const [shoulders, hips] = [middle('leftShoulder', 'rightShoulder'), middle('leftHip', 'rightHip')];
    return Math.hypot(...shoulders.map((value, k) => value - hips[k]));
  };
  return lengthOf('px') / lengthOf('xyz');
}

/** Plays a pair's film in the own clothes, tracks it, and reads pictures and masks of both films: see `PairFilm`. */
export async function filmPair(tracker: Tracker, files: PairFiles): Promise<PairFilm> {
  const { folder, garment, ownClothes, frames } = files;
  const truth = (await (await fetch(`${folder}/truth.json`)).json()) as PairTruth;
  const { fps, frameCount } = truth;
  // The frame before each tells how much a pixel flickers.
  const pictures = [...new Set(frames.flatMap((frame) => [Math.max(0, frame - 1), frame]))];
  const recorder = new ClipRecorder(frameCount, pictures);
  await filmFrames(openFilm(`${folder}/own.mp4`, fps), tracker, recorder, (frame) =>
    jointNames.map((name) => toCameraSpace(truth.frames[frame].landmarks[name].xyz)),
  );
  const clip = recorder.toClip(tracker, null);
  const arrays: Record<string, EntryArray> = {
    ...clip.arrays,
    jointsPx: Float32Array.from(
      truth.frames.flatMap(({ landmarks }) => jointNames.flatMap((name) => landmarks[name].px)),
    ),
    pxPerMetre: Float32Array.from(truth.frames.map(({ landmarks }) => scaleOf(landmarks))),
  };
  const worn = openFilm(`${folder}/worn.mp4`, fps);
  const target = createFrame();
  for (let frame = 0; await worn.next(target); frame++) {
    const { image, width, height } = target;
    if (image && pictures.includes(frame)) arrays[`worn-${frame}`] = await encodePicture(image, width, height);
    image?.close();
  }
  worn.close();
  const maskFiles = {
    garment: `masks/${garment}`,
    person: 'masks/person',
    ownClothes: `own-masks/${ownClothes}`,
    ownPerson: 'own-masks/person',
  };
  for (const frame of frames) {
    for (const [mask, file] of Object.entries(maskFiles)) {
      const url = `${folder}/${file}-${String(frame).padStart(4, '0')}.png`;
      arrays[`${mask}-${frame}`] = (await readMask(url, (red) => red >= 128)).data;
    }
  }
  return { value: { ...clip.value, frames: [...frames] }, arrays };
}

/** Counts the frames of a photo as a source. */
async function countFrames(file: Blob): Promise<number> {
  const source = await PhotoSource.open(file);
  const target = createFrame();
  let count = 0;
  for (; await source.next(target); count++) target.image?.close();
  source.close();
  return count;
}

/**
 * Gives each frame with a mask of a filmed pair alone to the tracker, as a room plays a photo: the same picture some
 * times. Resolves to one clip of all photos, one after the other, with the picture of each photo's last frame. Its
 * joints are not known.
 */
export async function filmPhotos(tracker: Tracker, film: PairFilm): Promise<Clip> {
  const { frames } = film.value;
  const photos = frames.map(
    (frame) => new Blob([film.arrays[`picture-${frame}`] as Uint8Array<ArrayBuffer>], { type: 'image/png' }),
  );
  const count = await countFrames(photos[0]);
  const lasts = frames.map((_, photo) => (photo + 1) * count - 1);
  const recorder = new ClipRecorder(count * photos.length, lasts);
  for (const photo of photos) await filmFrames(await PhotoSource.open(photo), tracker, recorder, () => []);
  return recorder.toClip(tracker, null);
}

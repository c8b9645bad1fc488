import { createFrame, type FrameSource } from '../../../src/capture/frame-source.ts';
import type { PersonMask, Tracker } from '../../../src/tracking/tracker.ts';
import type { EntryArray } from '../cache-entry.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import { type PairFilm, type PairMask, pairMasks } from '../pair-film.ts';
import { ClipRecorder, encodePicture } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';

/** A true joint. */
export interface TrueJoint {
  /** Camera space (+x right in the picture, +y up, −z away from the camera), metres. */
  position: readonly [number, number, number];
  /** Pixels from the top left. */
  px: readonly [number, number];
}

/** A pair: a person filmed twice in the same motion, in own clothes and in a garment, and the truth of both films. */
export interface PairSources {
  /** The films in the own clothes and in the garment, `frameCount` frames each. They are played, then closed. */
  own: FrameSource;
  worn: FrameSource;
  /** Number of frames of each film. */
  frameCount: number;
  /** Numbers of the frames with masks, from 0. */
  frames: readonly number[];
  /** The true joints of a frame. It and `mask` are called before the films are played. */
  joints: (frame: number) => Record<JointName, TrueJoint>;
  /** The true mask of a frame, coverage 0..255, in the size of the films. `PairMask` names what it covers. */
  mask: (mask: PairMask, frame: number) => Promise<PersonMask>;
}

/** Returns pixels for each metre at the person's trunk, from the distance between the middles of shoulders and hips. */
function scaleOf(joints: Record<JointName, TrueJoint>): number {
  const lengthOf = (key: keyof TrueJoint): number => {
    const middle = (a: JointName, b: JointName): number[] =>
      joints[a][key].map((value, k) => (value + joints[b][key][k]) / 2);
    const [shoulders, hips] = [middle('leftShoulder', 'rightShoulder'), middle('leftHip', 'rightHip')];
    return Math.hypot(...shoulders.map((value, k) => value - hips[k]));
  };
  return lengthOf('px') / lengthOf('position');
}

/**
 * Plays and tracks the film in the own clothes, and reads pictures and masks of both films. `tracker`: loaded; it stays
 * open. Resolves to the tracked clip with further arrays, which `PairFilm` lists: pictures (PNG files), masks (0..255),
 * true joints (pixels), and the scale of the picture (pixels for each metre at the person's trunk).
 */
export async function recordPair(tracker: Tracker, sources: PairSources): Promise<PairFilm> {
  const { own, worn, frameCount, frames, mask } = sources;
  const joints = Array.from({ length: frameCount }, (_, frame) => sources.joints(frame));
  const masks: Record<string, EntryArray> = {};
  for (const frame of frames) {
    for (const name of pairMasks) masks[`${name}-${frame}`] = (await mask(name, frame)).data.slice();
  }
  // The frame before each tells how much a pixel flickers.
  const pictures = [...new Set(frames.flatMap((frame) => [Math.max(0, frame - 1), frame]))];
  const recorder = new ClipRecorder(frameCount, pictures);
  await filmFrames(own, tracker, recorder, (frame) => jointNames.map((name) => joints[frame][name].position));
  const clip = recorder.toClip(tracker, null);
  const arrays: Record<string, EntryArray> = {
    ...clip.arrays,
    ...masks,
    jointsPx: Float32Array.from(joints.flatMap((byName) => jointNames.flatMap((name) => byName[name].px))),
    pxPerMetre: Float32Array.from(joints, scaleOf),
  };
  const target = createFrame();
  for (let frame = 0; await worn.next(target); frame++) {
    const { image, width, height } = target;
    if (image && pictures.includes(frame)) arrays[`worn-${frame}`] = await encodePicture(image, width, height);
    image?.close();
  }
  worn.close();
  return { value: { ...clip.value, frames: [...frames] }, arrays };
}

import type { FrameSource } from '../../../src/capture/frame-source.ts';
import { SteppedVideoSource } from '../../../src/capture/stepped-video-source.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import type { PairFilm, PairMask } from '../pair-film.ts';
import { readMask } from './read-mask.ts';
import { recordPair, type TrueJoint } from './record-pair.ts';
import { toCameraSpace } from './third-party-clip.ts';

/** The files of a pair: one person filmed twice in the same motion, in their own clothes and in a garment. */
export interface PairFiles {
  /**
   * URL of the folder. It holds the films `own.mp4` and `worn.mp4`, the true joints `truth.json`, and masks as PNG
   * files in `masks` (film in the garment) and `own-masks` (film in the own clothes): white where the mask covers.
   */
  folder: string;
  /** Names of the outfits in the names of their masks: the garment to try on, and the own clothes. */
  garment: string;
  ownClothes: string;
  /** Numbers of the frames with masks, from 0. */
  frames: readonly number[];
}

/** The file of true joints beside the films, by frame of either film. `fps`: frames a second. */
interface PairTruth {
  fps: number;
  frameCount: number;
  /** `xyz`: camera space (x right, y down, z forward), metres; `px`: pixels from the top left. */
  frames: { landmarks: Record<JointName, { xyz: [number, number, number]; px: [number, number] }> }[];
}

/**
 * Passes the frames of a film on; `fps`: frames a second. Throws for a picture that does not belong to the time of its
 * frame.
 */
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

/** Opens the film at `url`, which gives every frame; `fps`: frames a second. */
function openFilm(url: string, fps: number): FrameSource {
  return checkTimes(new SteppedVideoSource(url, { fps }), fps);
}

/**
 * Plays a pair's film in the own clothes, tracks it, and reads pictures and masks of both films. `tracker`: loaded; it
 * stays open. Resolves to the tracked clip (landmarks, masks, times by frame) with pictures (PNG files), true masks
 * (coverage 0 or 255) and true joints of both films as further arrays: see `PairFilm`.
 */
export async function filmPair(tracker: Tracker, files: PairFiles): Promise<PairFilm> {
  const { folder, garment, ownClothes, frames } = files;
  const truth = (await (await fetch(`${folder}/truth.json`)).json()) as PairTruth;
  const { fps, frameCount } = truth;
  const maskFiles: Record<PairMask, string> = {
    garment: `masks/${garment}`,
    person: 'masks/person',
    ownClothes: `own-masks/${ownClothes}`,
    ownPerson: 'own-masks/person',
  };
  return recordPair(tracker, {
    own: openFilm(`${folder}/own.mp4`, fps),
    worn: openFilm(`${folder}/worn.mp4`, fps),
    frameCount,
    frames,
    joints(frame) {
      const { landmarks } = truth.frames[frame];
      const jointOf = (name: JointName): TrueJoint => ({
        position: toCameraSpace(landmarks[name].xyz),
        px: landmarks[name].px,
      });
      return Object.fromEntries(jointNames.map((name) => [name, jointOf(name)])) as Record<JointName, TrueJoint>;
    },
    mask: (mask, frame) =>
      readMask(`${folder}/${maskFiles[mask]}-${String(frame).padStart(4, '0')}.png`, (red) => red >= 128),
  });
}

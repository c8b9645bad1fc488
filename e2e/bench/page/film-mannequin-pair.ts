// Program that films the synthetic person (the mannequin) as a pair and sends the films to Node as cache entries
// (`PairFilm`, and `Clip` for photos): stored results of slow steps. A pair is one person filmed twice in the same
// motion: in their own clothes, and in a garment. The program imports garment code, which `film-pairs` does not.
// 1. Two sources draw the two films; a third and a fourth draw the frames with masks without noise.
// 2. True joints and masks are read from the sources. The own clothes are the pixels that differ from the bare person.
// 3. The film in the own clothes is tracked (`recordPair`), and all is sent.

import { createFrame } from '../../../src/capture/frame-source.ts';
import { boneIndex } from '../../../src/mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import {
  createMannequinTruth,
  MannequinSource,
  type MannequinSourceOptions,
  type MannequinTruth,
} from '../../../src/synthetic/mannequin-source.ts';
import { wearGarments } from '../../../src/synthetic/wear-garments.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { PersonMask, Tracker } from '../../../src/tracking/tracker.ts';
import { type JointName, jointBones, jointNames } from '../judge-fit.ts';
import type { PairFilm, PairMask } from '../pair-film.ts';
import { deltaE, toLab } from '../to-lab.ts';
import { filmPhotos } from './film-photos.ts';
import type { FilmModel } from './open-tracker.ts';
import { readPixels } from './read-pixels.ts';
import { recordPair, type TrueJoint } from './record-pair.ts';
import { fetchEntry, sendEntry } from './send-entry.ts';

/** What is filmed, and how it is tracked. */
export interface MannequinPairOptions {
  /** URL of the garment, a GLB file. */
  garment: string;
  /** Person, camera (pixels), motion and noise (share of white) of all films; `fps`: frames a second. */
  scene: Omit<MannequinSourceOptions, 'assets' | 'clothes' | 'garments' | 'frames'> & { fps: number };
  /** Number of frames of each film. */
  frameCount: number;
  /** Numbers of the frames with masks, from 0. */
  frames: readonly number[];
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
}

/** Pixels belong to the own clothes where their colour differs from the bare person's by more than this (CIE76). */
const CLOTHES_DELTA_E = 4;

let tracker: Promise<Tracker> | null = null;

/** Loads the project's tracker with the WebAssembly engine. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  created.findClasses?.(true);
  await created.load({ assets: '/assets/' });
  return created;
}

/** The true joints of a person at a time: in camera space (metres), and in the picture (pixels from the top left). */
function jointsOf({ camera }: MannequinSource, { joints }: MannequinTruth): Record<JointName, TrueJoint> {
  const focalPx = camera.height / 2 / halfHeightAtUnitDistance(camera.fovYDegrees);
  const jointOf = (name: JointName): TrueJoint => {
    const start = 3 * boneIndex[jointBones[name]];
    const [x, y, z] = [joints[start], joints[start + 1], joints[start + 2]];
    return {
      position: [x, y, z],
      px: [camera.width / 2 + (focalPx * x) / -z, camera.height / 2 - (focalPx * y) / -z],
    };
  };
  return Object.fromEntries(jointNames.map((name) => [name, jointOf(name)])) as Record<JointName, TrueJoint>;
}

/**
 * Draws some frames (by number) of a person. Returns L, a, b of each pixel (CIELAB, rows from the top) by number of the
 * frame.
 */
async function readLabs(
  options: MannequinSourceOptions & { fps: number },
  frames: readonly number[],
): Promise<Map<number, Float32Array>> {
  const source = new MannequinSource(options);
  const labs = new Map<number, Float32Array>();
  const target = createFrame();
  for (const frame of frames) {
    source.seek((frame * 1000) / options.fps);
    await source.next(target);
    const { image, width, height } = target;
    if (!image) throw new Error(`the mannequin has no frame ${frame}`);
    labs.set(frame, toLab(readPixels(image, width, height).data));
    image.close();
  }
  source.close();
  return labs;
}

/** Films a pair with the synthetic person, and sends it as the entry `id`. */
async function mannequinPair(id: string, options: MannequinPairOptions): Promise<void> {
  const { garment, scene, frameCount, frames, model } = options;
  const person = { ...scene, assets: '/assets/', frames: frameCount };
  const own = new MannequinSource({ ...person, clothes: 'everyday' });
  const worn = new MannequinSource({ ...person, clothes: 'none', garments: [{ src: garment }] }, wearGarments);
  await Promise.all([own.ready(), worn.ready()]);
  // Without noise the dressed and the bare person differ in clothes alone.
  const [dressed, bare] = [
    await readLabs({ ...person, noise: 0, clothes: 'everyday' }, frames),
    await readLabs({ ...person, noise: 0, clothes: 'none' }, frames),
  ];
  const timeOf = (frame: number): number => (frame * 1000) / scene.fps;
  const truth = createMannequinTruth();
  const maskOf = (mask: PairMask, frame: number): PersonMask => {
    const isOwn = mask === 'ownPerson' || mask === 'ownClothes';
    truth.garmentMasks = mask === 'garment' ? [] : null;
    const { personMask, garmentMasks } = (isOwn ? own : worn).truth(timeOf(frame), truth);
    const [a, b] = [dressed.get(frame), bare.get(frame)];
    const found = mask === 'garment' ? garmentMasks?.[0] : personMask;
    if (!found || !a || !b) throw new Error(`frame ${frame} of the mannequin has no ${mask}`);
    if (mask !== 'ownClothes') return found;
    return { ...found, data: found.data.map((value, i) => (deltaE(a, b, i) > CLOTHES_DELTA_E ? value : 0)) };
  };
  const film = await recordPair(await (tracker ??= openTracker(model)), {
    own,
    worn,
    frameCount,
    frames,
    joints: (frame) => jointsOf(own, own.truth(timeOf(frame), { ...truth, personMask: null, garmentMasks: null })),
    mask: async (mask, frame) => maskOf(mask, frame),
  });
  await sendEntry(id, film);
}

/** Tracks each frame with masks of the pair in the entry `filmId` as a photo, and sends the clip as the entry `id`. */
async function photos(id: string, filmId: string, model: FilmModel): Promise<void> {
  const film: PairFilm = await fetchEntry<PairFilm['value']>(filmId);
  await sendEntry(id, await filmPhotos(await (tracker ??= openTracker(model)), film));
}

const films = { pair: mannequinPair, photos };
/** The functions that the program adds to the page's `window.bench`, for `callPage`. */
export type MannequinPairFilming = typeof films;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...films } });

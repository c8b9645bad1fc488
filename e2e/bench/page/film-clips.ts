// Program that films people, tracks them and sends the result to Node as a cache entry (`Clip`): the stored result of a
// slow step, a JSON value and named arrays. Its bundle is part of the entry's key. It imports no code of body, garment
// or scene, so that their changes do not change the key.

import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { ModelName, Tracker } from '../../../src/tracking/tracker.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';
import { type Clothes, FitPerson, type FitScene } from './fit-person.ts';
import { createTruthTracker } from './fit-truth-tracker.ts';
import { KEY_COLOR } from './key-mask.ts';
import { sendEntry } from './send-entry.ts';
import { filmThirdParty } from './third-party-clip.ts';

/** BlazePose's landmark model: `lite`, `full` or `heavy`. */
export type FilmModel = Exclude<ModelName, 'auto'>;

/** What is filmed, and what finds the landmarks. */
export interface ClipOptions {
  /** Body, motion, and camera: pixels, frames a second, lens in degrees, noise as a share of white. */
  scene: FitScene;
  /** Preset of what the person wears: `none`, `tight`, `everyday` or `loose`. */
  clothes: Clothes;
  /** Whether landmarks and mask are the exact truth instead of a tracker's. */
  isExact: boolean;
  /** Numbers of the frames, from 0, whose picture is kept. */
  pictures: readonly number[];
  /** Height of the person, centimetres. */
  stature: number;
  /** The tracker's landmark model. */
  model: FilmModel;
}

let tracker: Promise<Tracker> | null = null;
let mannequin: Promise<Mannequin> | null = null;

/** Loads the project's tracker with the WebAssembly engine and a landmark model. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

/** Films and tracks a scene of the synthetic person, and sends the clip as the entry `id`. */
async function film(id: string, options: ClipOptions): Promise<void> {
  const { scene, clothes, isExact, pictures, stature, model } = options;
  const person = new FitPerson(isExact ? { ...scene, background: KEY_COLOR, noise: 0 } : scene, clothes);
  await person.ready();
  const finder = isExact
    ? createTruthTracker(person, await (mannequin ??= loadMannequin('/assets/mannequin.glb')))
    : await (tracker ??= openTracker(model));
  const recorder = new ClipRecorder(scene.frames, pictures);
  await filmFrames(person, finder, recorder, (frame) => person.joints(person.timeOf(frame)));
  await sendEntry(id, recorder.toClip(finder, stature));
}

/**
 * Tracks the rendered clip of another maker's person, and sends it with the true masks of the outfit as the entry `id`.
 */
async function thirdParty(id: string, model: FilmModel): Promise<void> {
  await sendEntry(id, await filmThirdParty(await (tracker ??= openTracker(model))));
}

const clips = { film, thirdParty };
/** The functions that the program adds to the page's `window.bench`, for `callPage`. */
export type ClipFilm = typeof clips;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...clips } });

// Program that films people, tracks them and hands what was found to Node as packed entries (`Clip`). It imports neither body
// nor garment nor scene: its bundle is part of the cache's key, so a change of those leaves the clips as they are.

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

export type FilmModel = Exclude<ModelName, 'auto'>;

export interface ClipOptions {
  scene: FitScene;
  clothes: Clothes;
  /** Exact landmarks instead of a tracker's. */
  isExact: boolean;
  /** Frames whose picture is kept. */
  pictures: readonly number[];
  /** Centimetres. */
  stature: number;
  model: FilmModel;
}

let tracker: Promise<Tracker> | null = null;
let mannequin: Promise<Mannequin> | null = null;

/** The project's tracker by the WebAssembly engine, loaded once for all clips. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

/** Films and tracks one scene of the synthetic person, and hands the clip over as the entry `id`. */
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

/** Tracks the rendered clip of another maker's person, and hands it over as the entry `id`, with the true masks of the outfit. */
async function thirdParty(id: string, model: FilmModel): Promise<void> {
  await sendEntry(id, await filmThirdParty(await (tracker ??= openTracker(model))));
}

const clips = { film, thirdParty };
export type ClipFilm = typeof clips;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...clips } });

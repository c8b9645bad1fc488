import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import type { WearGarments } from '../../../src/synthetic/garment-layer.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';
import { type Clothes, FitPerson, type FitScene } from './fit-person.ts';
import { createTruthTracker } from './fit-truth-tracker.ts';
import { KEY_COLOR } from './key-mask.ts';
import { type FilmModel, openTracker } from './open-tracker.ts';
import { sendEntry } from './send-entry.ts';

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

let mannequin: Promise<Mannequin> | null = null;

/**
 * Films and tracks a scene of the synthetic person, and sends the clip as the entry `id`. `wear`: the code of cloth that
 * hangs, which loose clothes need.
 */
export async function filmClip(id: string, options: ClipOptions, wear?: WearGarments): Promise<void> {
  const { scene, clothes, isExact, pictures, stature, model } = options;
  const person = new FitPerson(isExact ? { ...scene, background: KEY_COLOR, noise: 0 } : scene, clothes, { wear });
  await person.ready();
  const finder = isExact
    ? createTruthTracker(person, await (mannequin ??= loadMannequin('/assets/mannequin.glb')))
    : await openTracker(model);
  const recorder = new ClipRecorder(scene.frames, pictures);
  await filmFrames(person, finder, recorder, (frame) => person.drawnJoints(frame));
  await sendEntry(id, recorder.toClip(finder, stature));
}

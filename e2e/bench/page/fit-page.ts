// Page of `npm run bench -- fit`: draws garments on bodies that Node solved, compares them with the truth, and runs a
// room for the frame lock: whether a room shows the very frame whose body it solved. Other programs, such as
// `film-clips`, film people; Node loads them into this page when it needs them.

import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import type { Clip, ClipValue, TrueMasks } from '../clip.ts';
import { ClipComparer, type CompareOptions, type Comparison } from './compare-clip.ts';
import { runLock } from './fit-lock.ts';
import type { FitScene } from './fit-person.ts';
import type { FilmModel } from './open-tracker.ts';
import { fetchEntry } from './send-entry.ts';
import { toBase64 } from './to-base64.ts';

let mannequin: Promise<Mannequin> | null = null;
let comparer: Promise<ClipComparer> | null = null;

/** Loads the mannequin, the body of which all solved bodies are shapes, once. */
function openMannequin(): Promise<Mannequin> {
  return (mannequin ??= loadMannequin('/assets/mannequin.glb'));
}

/** A `Comparison` that JSON can write: the sheet is a PNG file in base64. */
export type SentComparison = Omit<Comparison, 'sheet'> & { sheet: string | null };

/**
 * Compares the garment on the bodies of the clip `clipId` with the true masks `masksId`. Both are ids of cache entries
 * that Node offers (`fetchEntry`). `options`: garment, solved bodies, and whether a contact sheet is wanted.
 */
async function compare(clipId: string, masksId: string, options: CompareOptions): Promise<SentComparison> {
  const clip: Clip = await fetchEntry<ClipValue>(clipId);
  const masks: TrueMasks = await fetchEntry<TrueMasks['value']>(masksId);
  comparer ??= openMannequin().then((loaded) => new ClipComparer(loaded));
  const comparison = await (await comparer).compare(clip, masks, options);
  return { ...comparison, sheet: comparison.sheet && (await toBase64(comparison.sheet)) };
}

/**
 * Runs a room over a scene (person and camera) in the garment at the URL `garment`. `model`: BlazePose's landmark
 * model; `stature`: height of the scene's person, centimetres. Resolves, by frame, to the number of frames between the
 * picture on show and the body (`runLock`).
 */
async function lock(scene: FitScene, garment: string, options: { model: FilmModel; stature: number }) {
  return runLock(scene, garment, { ...options, mannequin: await openMannequin() });
}

const bench = { compare, lock };
/** The page's functions, for `callPage`. */
export type FitBench = typeof bench;
Object.assign(window, { bench });

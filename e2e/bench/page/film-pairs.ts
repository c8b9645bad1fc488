// Program that plays and tracks the films of pairs, and sends the results to Node as cache entries (`PairFilm`, and
// `Clip` for photos). A pair is one person filmed twice in the same motion: in their own clothes, and in a garment. A
// cache entry is the stored result of a slow step: a JSON value and named arrays. The program's bundle is part of the
// entries' key. It imports no code of body, garment or scene, so that their changes do not change the key.

import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { PairFilm } from '../pair-film.ts';
import { filmPair, type PairFiles } from './film-pair.ts';
import { filmPhotos } from './film-photos.ts';
import type { FilmModel } from './open-tracker.ts';
import { fetchEntry, sendEntry } from './send-entry.ts';

/** One pair (`PairFiles`: URL of its folder, names of its outfits, frames with masks), and how it is tracked. */
export interface PairOptions extends PairFiles {
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
}

let tracker: Promise<Tracker> | null = null;

/** Loads the project's tracker with the WebAssembly engine. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  created.findClasses?.(true);
  await created.load({ assets: '/assets/' });
  return created;
}

/**
 * Tracks the pair's film in the own clothes, reads pictures and masks of both films, and sends all of it as the entry
 * `id`, for which Node waits.
 */
async function pair(id: string, options: PairOptions): Promise<void> {
  await sendEntry(id, await filmPair(await (tracker ??= openTracker(options.model)), options));
}

/** Tracks each frame with masks of the pair in the entry `filmId` as a photo, and sends the clip as the entry `id`. */
async function photos(id: string, filmId: string, model: FilmModel): Promise<void> {
  const film: PairFilm = await fetchEntry<PairFilm['value']>(filmId);
  await sendEntry(id, await filmPhotos(await (tracker ??= openTracker(model)), film));
}

const films = { pair, photos };
/** The functions that the program adds to the page's `window.bench`, for `callPage`. */
export type PairFilming = typeof films;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...films } });

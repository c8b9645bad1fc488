// Program that plays and tracks the films of pairs, and sends them to Node as cache entries (`PairFilm`, and `Clip` for
// photos). Its bundle is part of the entries' key. It imports no code of body, garment or scene, so that their changes
// do not change the key.

import { createTracker } from '../../../src/tracking/create-tracker.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { PairFilm } from '../pair-film.ts';
import type { FilmModel } from './film-clips.ts';
import { filmPair, type PairFiles } from './film-pair.ts';
import { filmPhotos } from './film-photos.ts';
import { fetchEntry, sendEntry } from './send-entry.ts';

export interface PairOptions extends PairFiles {
  model: FilmModel;
}

let tracker: Promise<Tracker> | null = null;

/** Loads the project's tracker with the WebAssembly engine. */
async function openTracker(model: FilmModel): Promise<Tracker> {
  const created = await createTracker({ engine: 'wasm', model });
  await created.load({ assets: '/assets/' });
  return created;
}

/** Plays and tracks a pair, and sends it as the entry `id`. */
async function pair(id: string, options: PairOptions): Promise<void> {
  await sendEntry(id, await filmPair(await (tracker ??= openTracker(options.model)), options));
}

/** Tracks the frames with a mask of the filmed pair `filmId` as photos, and sends the clip as the entry `id`. */
async function photos(id: string, filmId: string, model: FilmModel): Promise<void> {
  const film: PairFilm = await fetchEntry<PairFilm['value']>(filmId);
  await sendEntry(id, await filmPhotos(await (tracker ??= openTracker(model)), film));
}

const films = { pair, photos };
export type PairFilming = typeof films;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...films } });

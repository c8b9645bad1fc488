// Program that films people, tracks them and sends the result to Node as a cache entry (`Clip`): the stored result of a
// slow step, a JSON value and named arrays. Its bundle is part of the entry's key. It imports no code of body, garment,
// cloth or scene, so that their changes do not change the key.

import { filmClip } from './film-clip.ts';
import { type FilmModel, openTracker } from './open-tracker.ts';
import { sendEntry } from './send-entry.ts';
import { filmThirdParty } from './third-party-clip.ts';

/**
 * Tracks the rendered clip of another maker's person, and sends it with the true masks of the outfit as the entry `id`.
 */
async function thirdParty(id: string, model: FilmModel): Promise<void> {
  await sendEntry(id, await filmThirdParty(await openTracker(model)));
}

const clips = { film: filmClip, thirdParty };
/** The functions that the program adds to the page's `window.bench`, for `callPage`. */
export type ClipFilm = typeof clips;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...clips } });

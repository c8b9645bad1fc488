// Program that films people in loose clothes, which are cloth that hangs, as `film-clips` films those in other clothes. A
// change of the code of cloth and garments changes the key of these clips alone.

import { wearGarments } from '../../../src/synthetic/wear-garments.ts';
import { type ClipOptions, filmClip } from './film-clip.ts';

/** Films and tracks a scene of the synthetic person, and sends the clip as the entry `id`. */
function filmLoose(id: string, options: ClipOptions): Promise<void> {
  return filmClip(id, options, wearGarments);
}

const looseClips = { filmLoose };
/** The function that the program adds to the page's `window.bench`, for `callPage`. */
export type LooseClipFilm = typeof looseClips;
Object.assign(window, { bench: { ...(window as { bench?: object }).bench, ...looseClips } });

import { isFrameSource } from './check-source.ts';
import { closeSource } from './close-source.ts';
import type { FittingSettings } from './settings.ts';

/**
 * Holds the `FrameSource` (an object that gives frames) that a page gave to a session, from the start that uses it
 * until it is closed. It serves one session, so the session closes it as soon as the settings name another source.
 * Sources of other kinds are held too, but not closed.
 */
export class PageSource {
  #source: FittingSettings['source'] | null = null;

  /** A start uses `source` from now on. */
  hold(source: FittingSettings['source']): void {
    this.#source = source;
  }

  /** Closes the held source unless it is `source`. */
  keepOnly(source: FittingSettings['source'] | null): void {
    if (this.#source === source) return;
    if (isFrameSource(this.#source)) closeSource(this.#source);
    this.#source = null;
  }
}

import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import type { KnownGarment } from './fitting-room-events.ts';
import { readGarments } from './read-garments.ts';
import { sendEvent } from './send-event.ts';

/**
 * Tells the page of the garments that are worn, for a size picker of its own: keeps the list for the room's property
 * `wardrobe`, and sends a `wardrobe-change` event when it has changed.
 */
export class WardrobeTeller {
  readonly #host: Element;
  #entries: readonly WardrobeEntry[] = Object.freeze([]);
  #list: readonly KnownGarment[] = Object.freeze([]);

  /** `host`: the `<fitting-room>`. */
  constructor(host: Element) {
    this.#host = host;
  }

  /** Frozen, in the order of the room's `garment`; a new list after every change. */
  get list(): readonly KnownGarment[] {
    return this.#list;
  }

  /** `entries`: what the session knows; a new array after every change. */
  tell(entries: readonly WardrobeEntry[]): void {
    if (entries === this.#entries || entries.length + this.#entries.length === 0) return;
    this.#entries = entries;
    const labels = new Map(readGarments(this.#host).map(({ id, label }) => [id, label]));
    this.#list = Object.freeze(
      entries.map((entry) => Object.freeze({ ...entry, label: labels.get(entry.id) ?? entry.id })),
    );
    sendEvent(this.#host, 'wardrobe-change', { wardrobe: this.#list });
  }
}

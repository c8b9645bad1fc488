import type { LitElement, ReactiveController } from 'lit';
import type { AuthorWarnings } from './author-warnings.ts';

/** Attributes of a `<fitting-garment>` that the room reads. */
const GARMENT_ATTRIBUTES: ReadonlySet<string> = new Set(['id', 'src', 'label', 'color', 'size']);

/**
 * Lit controller that watches the markup of a `<fitting-room>` while it is in a document. It requests an update of the
 * room when elements inside are added or removed, or change an attribute that the room reads. It passes the attributes
 * of the room and its garments to `warnings`, which warns of misspelt names.
 */
export class MarkupWatcher implements ReactiveController {
  readonly #host: LitElement;
  readonly #warnings: AuthorWarnings;
  #observer: MutationObserver | null = null;
  #haveGarmentsChanged = false;

  /**
   * @param host The room; the controller adds itself to it.
   * @param warnings Writes warnings for the page's author to the console.
   */
  constructor(host: LitElement, warnings: AuthorWarnings) {
    this.#host = host;
    this.#warnings = warnings;
    host.addController(this);
  }

  /** Returns whether garments were added, removed or changed since the last call. */
  takeChange(): boolean {
    const hasChanged = this.#haveGarmentsChanged;
    this.#haveGarmentsChanged = false;
    return hasChanged;
  }

  hostConnected(): void {
    this.#checkAll();
    this.#observer = new MutationObserver((records) => this.#onMutation(records));
    this.#observer.observe(this.#host, { childList: true, subtree: true, attributes: true });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }

  #onMutation(records: readonly MutationRecord[]): void {
    let areElementsNew = false;
    let isRead = false;
    for (const { attributeName, target } of records) {
      if (attributeName === null) areElementsNew = true;
      else if (GARMENT_ATTRIBUTES.has(attributeName)) isRead = true;
      else if (target === this.#host || (target as Element).localName === 'fitting-garment')
        this.#warnings.checkAttributes(target as Element, [attributeName]);
    }
    if (areElementsNew) this.#checkAll();
    if (!areElementsNew && !isRead) return;
    this.#haveGarmentsChanged = true;
    this.#host.requestUpdate();
  }

  #checkAll(): void {
    this.#warnings.checkAttributes(this.#host);
    for (const garment of this.#host.querySelectorAll('fitting-garment')) this.#warnings.checkAttributes(garment);
  }
}

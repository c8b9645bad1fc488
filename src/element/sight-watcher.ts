import type { LitElement, ReactiveController } from 'lit';

/** An element that is out of sight for less than this time, milliseconds, counts as seen: a page that scrolls past. */
const OUT_OF_SIGHT_MS = 1000;

/**
 * Tells whether a person can see an element: it is in the document, on the screen at least in part, displayed, in no
 * closed `<details>`, and the page is not in the background. Not seen until the browser has looked; always seen where
 * it cannot look (no `IntersectionObserver`).
 */
export class SightWatcher implements ReactiveController {
  readonly #host: LitElement;
  readonly #onChange: () => void;
  readonly #observer: IntersectionObserver | null;
  #isOnScreen: boolean;
  #isSeen: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onChange`: called when `isSeen` has changed. */
  constructor(host: LitElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    const canLook = typeof IntersectionObserver === 'function';
    this.#observer = canLook ? new IntersectionObserver((entries) => this.#onLook(entries)) : null;
    this.#isOnScreen = !canLook;
    this.#isSeen = !canLook;
    host.addController(this);
  }

  get isSeen(): boolean {
    return this.#isSeen;
  }

  hostConnected(): void {
    this.#observer?.observe(this.#host);
    this.#host.ownerDocument.addEventListener('visibilitychange', this.#update);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#host.ownerDocument.removeEventListener('visibilitychange', this.#update);
  }

  #onLook(entries: readonly IntersectionObserverEntry[]): void {
    this.#isOnScreen = entries.at(-1)?.isIntersecting ?? this.#isOnScreen;
    this.#update();
  }

  readonly #update = (): void => {
    clearTimeout(this.#timer);
    const isSeen = this.#isOnScreen && !this.#host.ownerDocument.hidden;
    if (isSeen === this.#isSeen) return;
    if (isSeen) this.#set(true);
    else this.#timer = setTimeout(() => this.#set(false), OUT_OF_SIGHT_MS);
  };

  #set(isSeen: boolean): void {
    this.#isSeen = isSeen;
    this.#onChange();
  }
}

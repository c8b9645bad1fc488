import type { LitElement, ReactiveController } from 'lit';

/** Attributes of a `<fitting-garment>` that the room reads. */
const GARMENT_ATTRIBUTES: readonly string[] = ['id', 'src', 'label', 'color', 'size'];

/** Requests an update of `host` when elements inside it are added, removed or change an attribute that the room reads. */
export class GarmentWatcher implements ReactiveController {
  readonly #host: LitElement;
  #observer: MutationObserver | null = null;
  #hasChanged = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether something has changed since the last call. */
  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => {
      this.#hasChanged = true;
      this.#host.requestUpdate();
    });
    this.#observer.observe(this.#host, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: [...GARMENT_ATTRIBUTES],
    });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}

import type { LitElement, ReactiveController } from 'lit';

/**
 * Lit controller that keeps the keyboard focus inside its element across updates. When an update removes the focused
 * element from the shadow root, the first button of the controls (`.layer button`) gets the focus.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #hadFocus = false;

  /** @param host The element; the controller adds itself to it. */
  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hadFocus = this.#host.shadowRoot?.activeElement != null;
  }

  hostUpdated(): void {
    const { shadowRoot } = this.#host;
    if (!this.#hadFocus || shadowRoot?.activeElement) return;
    shadowRoot?.querySelector<HTMLElement>('.layer button')?.focus();
  }
}

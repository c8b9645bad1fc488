import type { LitElement, ReactiveController } from 'lit';

/**
 * Keeps the keyboard focus inside an element across updates. When an update removes the focused button, the first
 * button of the controls gets the focus.
 */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #hadFocus = false;

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

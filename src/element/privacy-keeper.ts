import type { LitElement, TemplateResult } from 'lit';
import type { PrivacyPanel } from './privacy-panel.ts';

/** Opens and closes the privacy panel of a room. Its code is fetched when it is first opened. */
export class PrivacyKeeper {
  readonly #host: LitElement;
  #panel: PrivacyPanel | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Renders the panel while it is open; else returns null. */
  render(): TemplateResult | null {
    return this.#panel?.render() ?? null;
  }

  /** Opens the panel, or closes it. */
  readonly toggle = async (): Promise<void> => {
    try {
      const { PrivacyPanel } = await import('./privacy-panel.ts');
      this.#panel?.dispose();
      this.#panel = this.#panel ? null : new PrivacyPanel(this.#host, this.toggle);
      this.#host.requestUpdate();
    } catch (cause) {
      console.warn('fitting-room: the privacy panel could not be loaded.', cause);
    }
  };
}

import { type LitElement, nothing, type TemplateResult } from 'lit';
import type { FittingErrorCode } from '../errors.ts';
import type { Elsewhere } from './elsewhere.ts';

/** Shows the way to another browser or device where this one has no camera. Its code is fetched when it is needed. */
export class ElsewhereKeeper {
  readonly #host: LitElement;
  #elsewhere: Elsewhere | null = null;
  #isLoading = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Renders it for an error with this code, as soon as it is loaded; else nothing. */
  render(code: FittingErrorCode | undefined): TemplateResult | typeof nothing {
    if (!isAppBrowser(code) && code !== 'camera-missing') return nothing;
    if (!this.#isLoading) void this.#load();
    return this.#elsewhere?.render() ?? nothing;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      const { Elsewhere } = await import('./elsewhere.ts');
      this.#elsewhere = new Elsewhere(this.#host);
      this.#host.requestUpdate();
    } catch (cause) {
      console.warn('fitting-room: the way to another device could not be loaded.', cause);
    }
  }
}

/** Whether an error means that the page is secure, but the browser gives it no camera, as those of apps do. */
export function isAppBrowser(code: FittingErrorCode | undefined): boolean {
  return code === 'insecure-context' && isSecureContext;
}

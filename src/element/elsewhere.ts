import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import { elsewhereWordsFor } from './elsewhere-words.ts';
import { messagesFor } from './messages.ts';
import { readLanguage } from './read-language.ts';

/**
 * The way out of a browser that gives pages no camera (the browser of an app): a button that hands the page's address
 * to other apps, where the browser can do so (`navigator.share`), and one that copies it. Where the browser forbids
 * copying, the address is shown to be copied by hand. Loaded when a shopper meets the error.
 */
export class Elsewhere {
  readonly #host: LitElement;
  #outcome: 'copied' | 'forbidden' | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Renders the buttons, and what has become of the copy. */
  render(): TemplateResult {
    const words = elsewhereWordsFor(messagesFor(readLanguage(this.#host)).language);
    const outcome = this.#outcome;
    return html`
      <div class="row">
        ${'share' in navigator ? html`<button class="plain" part="button share-button" @click=${this.#share}>${words.share}</button>` : nothing}
        <button class="plain" part="button copy-button" @click=${this.#copy}>${words.copy}</button>
      </div>
      <p class="advice" role="status">${outcome === 'copied' ? words.copied : nothing}</p>
      ${outcome === 'forbidden' ? html`<input part="address" readonly aria-label=${words.address} .value=${location.href} @focus=${selectAll}>` : nothing}
    `;
  }

  readonly #share = (): void => {
    // It rejects when the shopper changes their mind.
    navigator.share({ url: location.href }).catch(() => undefined);
  };

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#outcome = 'copied';
    } catch {
      this.#outcome = 'forbidden';
    }
    this.#host.requestUpdate();
  };
}

function selectAll({ target }: FocusEvent): void {
  (target as HTMLInputElement).select();
}

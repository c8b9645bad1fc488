import { html, type LitElement, nothing, svg, type TemplateResult } from 'lit';
import { elsewhereWordsFor } from './elsewhere-words.ts';
import { messagesFor } from './messages.ts';
import { qrCodePath } from './qr-code-path.ts';
import { readLanguage } from './read-language.ts';

/** Light modules around a QR code, which readers need (ISO/IEC 18004: at least 4). */
const QUIET = 4;
/** Side of the shown code, CSS pixels: about 4 cm on a laptop. */
const SIDE = 152;

/**
 * The way out of a browser that has no camera (the browser of an app, a computer without one): a button that hands the
 * page's address to other apps, where the browser can do so (`navigator.share`), one that copies it, and one that shows
 * it as a QR code for a phone. Where the browser forbids copying, the address is shown to be copied by hand. Loaded when
 * a shopper meets the error.
 */
export class Elsewhere {
  readonly #host: LitElement;
  #outcome: 'copied' | 'forbidden' | null = null;
  #isCodeShown = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Renders the buttons, and what has become of the copy. */
  render(): TemplateResult {
    const words = elsewhereWordsFor(messagesFor(readLanguage(this.#host)).language);
    const outcome = this.#outcome;
    const code = qrCodePath(location.href);
    return html`
      <div class="row">
        ${'share' in navigator ? html`<button class="plain" part="button share-button" @click=${this.#share}>${words.share}</button>` : nothing}
        <button class="plain" part="button copy-button" @click=${this.#copy}>${words.copy}</button>
        ${code ? html`<button class="plain" part="button code-button" aria-expanded=${this.#isCodeShown} @click=${this.#toggleCode}>${words.showCode}</button>` : nothing}
      </div>
      ${code && this.#isCodeShown ? renderCode(code, words.scan) : nothing}
      <p class="advice" role="status">${outcome === 'copied' ? words.copied : nothing}</p>
      ${outcome === 'forbidden' ? html`<input part="address" readonly aria-label=${words.address} .value=${location.href} @focus=${selectAll}>` : nothing}
    `;
  }

  readonly #share = (): void => {
    // It rejects when the shopper changes their mind.
    navigator.share({ url: location.href }).catch(() => undefined);
  };

  readonly #toggleCode = (): void => {
    this.#isCodeShown = !this.#isCodeShown;
    this.#host.requestUpdate();
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

/** The QR code with its quiet zone, dark on light whatever the page's colours: many readers know no other. */
function renderCode({ path, size }: { path: string; size: number }, label: string): TemplateResult {
  const side = size + 2 * QUIET;
  return html`
    <p>
      <svg part="code" role="img" aria-label=${label} width=${SIDE} height=${SIDE} viewBox="${-QUIET} ${-QUIET} ${side} ${side}" shape-rendering="crispEdges">
        ${svg`<path fill="#fff" stroke="none" d="M${-QUIET} ${-QUIET}h${side}v${side}h${-side}z"/><path fill="#000" stroke="none" d=${path}/>`}
      </svg>
    </p>
    <p class="advice">${label}</p>
  `;
}

function selectAll({ target }: FocusEvent): void {
  (target as HTMLInputElement).select();
}

import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { countKeptFiles, deleteKeptFiles, type KeptFiles } from './kept-files.ts';
import { messagesFor } from './messages.ts';
import { type PrivacyWords, privacyWordsFor } from './privacy-words.ts';
import { readLanguage } from './read-language.ts';
import { RequestCounter } from './request-counter.ts';

/** Waiting time after a request, milliseconds, before the kept files are counted again: a service worker keeps it. */
const RECOUNT_MS = 500;
/** So many names of other servers are shown. */
const MAX_HOSTS = 3;

/**
 * The privacy panel of a room: a card that shows, live, how many requests the page has sent, how many of them to other
 * servers, and what is kept on the device for use without a network; a button deletes that. Loaded when the shopper
 * opens it.
 */
export class PrivacyPanel implements ReactiveController {
  readonly #host: LitElement;
  readonly #close: () => void;
  #counter: RequestCounter | null = null;
  /** Null until they are counted. */
  #kept: KeptFiles | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFocusDue = true;

  /** `close`: called by the panel's button, and by the Escape key. */
  constructor(host: LitElement, close: () => void) {
    this.#host = host;
    this.#close = close;
    host.addController(this);
  }

  hostConnected(): void {
    this.#counter = new RequestCounter(location.origin, () => {
      this.#host.requestUpdate();
      this.#timer ??= setTimeout(() => void this.#recount(), RECOUNT_MS);
    });
    void this.#recount();
  }

  hostDisconnected(): void {
    this.#counter?.close();
    this.#counter = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  hostUpdated(): void {
    if (!this.#isFocusDue) return;
    const heading = this.#host.shadowRoot?.querySelector<HTMLElement>('[part~="privacy-panel"] .title');
    heading?.focus();
    this.#isFocusDue = !heading;
  }

  /** Ends the counting; the panel is not used again. */
  dispose(): void {
    this.hostDisconnected();
    this.#host.removeController(this);
  }

  /** Renders the panel. */
  render(): TemplateResult {
    const { language } = messagesFor(readLanguage(this.#host));
    const words = privacyWordsFor(language);
    const kept = this.#kept;
    return html`
      <div class="card glass" part="card privacy-panel" role="group" aria-labelledby="privacy-title" @keydown=${this.#onKey}>
        <p class="title" id="privacy-title" tabindex="-1">${words.title}</p>
        <p class="advice" role="status">${this.#requestsText(words)}</p>
        <p class="advice">${kept && keptText(words, kept, language)} ${words.picture}</p>
        <div class="row">
          ${kept && kept.count > 0 ? html`<button class="plain" part="button wipe-button" @click=${this.#wipe}>${words.wipe}</button>` : nothing}
          <button class="plain" part="button close-button" @click=${this.#close}>${words.close}</button>
        </div>
      </div>
    `;
  }

  #requestsText(words: PrivacyWords): string {
    const { count = 0, foreign = new Map<string, number>() } = this.#counter ?? {};
    const requests = words.requests.replace('{count}', `${count}`);
    if (foreign.size === 0) return `${requests} ${words.noneForeign}`;
    const names = [...foreign.keys()];
    const hosts = names.slice(0, MAX_HOSTS).join(', ') + (names.length > MAX_HOSTS ? ', …' : '');
    const sum = [...foreign.values()].reduce((total, each) => total + each, 0);
    return `${requests} ${words.foreign.replace('{count}', `${sum}`).replace('{hosts}', hosts)}`;
  }

  async #recount(): Promise<void> {
    this.#timer = undefined;
    this.#kept = await countKeptFiles();
    this.#host.requestUpdate();
  }

  readonly #wipe = async (): Promise<void> => {
    await deleteKeptFiles();
    await this.#recount();
  };

  readonly #onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') this.#close();
  };
}

/** Says how many files, and how many megabytes, are kept on the device. */
function keptText(words: PrivacyWords, { count, bytes }: KeptFiles, language: string): string {
  if (count === 0) return words.nothingKept;
  const size = (bytes / 1e6).toLocaleString(language, { maximumFractionDigits: 1 });
  return words.kept.replace('{count}', `${count}`).replace('{size}', size);
}

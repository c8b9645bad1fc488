import type { LitElement } from 'lit';
import { saveBlob } from './save-blob.ts';
import { sendEvent } from './send-event.ts';

/** How long the notice "picture saved" is shown, milliseconds. */
const NOTICE_MS = 2500;

/** The `<fitting-room>` whose picture is taken. */
export type PictureHost = LitElement & {
  /** `garment`: ids of the garments worn, separated by spaces; the first becomes the name of the file. */
  readonly state: { readonly garment: string };
  /** Resolves to the frame that is shown, as a PNG. */
  snapshot(): Promise<Blob>;
};

/**
 * Takes pictures (PNG) for the snapshot button. Each is sent to the page by a `snapshot` event, saved as a download
 * unless the page cancels the event, and followed by a notice for 2.5 seconds.
 */
export class PictureTaker {
  readonly #host: PictureHost;
  #notice = '';
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PictureHost) {
    this.#host = host;
  }

  /** Text of the notice; empty when none is to be shown. */
  get notice(): string {
    return this.#notice;
  }

  /**
   * Takes a picture and sends a `snapshot` event. Saves the picture as a download unless a listener cancelled the
   * event. `savedText` becomes the notice.
   */
  async take(savedText: string): Promise<void> {
    let blob: Blob;
    try {
      blob = await this.#host.snapshot();
    } catch (cause) {
      // The GPU context was lost at this moment; the room itself shows that error.
      console.warn('fitting-room: the picture could not be taken.', cause);
      return;
    }
    const name = this.#host.state.garment.split(' ')[0] || 'fitting';
    if (sendEvent(this.#host, 'snapshot', { blob })) saveBlob(blob, `${name}.png`);
    this.#show(savedText);
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => this.#show(''), NOTICE_MS);
  }

  #show(notice: string): void {
    this.#notice = notice;
    this.#host.requestUpdate();
  }
}

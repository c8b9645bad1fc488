/**
 * The two buffers in which results of one kind come from a worker by turns: one is shown, the other is sent back to be
 * written again.
 */
export class SpareBuffer {
  #spare: ArrayBuffer | null = null;
  #shown: ArrayBuffer | null = null;

  /** Returns the buffer to send with the next request, or null, and forgets it: it is transferred. */
  take(): ArrayBuffer | null {
    const spare = this.#spare;
    this.#spare = null;
    return spare;
  }

  /** Keeps a buffer that came back unused; null for none. */
  giveBack(buffer: ArrayBuffer | null): void {
    this.#spare = buffer;
  }

  /** Shows `buffer` from now on: the one shown before becomes the spare one. Returns its bytes. */
  show(buffer: ArrayBuffer): Uint8ClampedArray {
    this.#spare = this.#shown;
    this.#shown = buffer;
    return new Uint8ClampedArray(buffer);
  }
}

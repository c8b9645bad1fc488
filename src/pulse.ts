/** Length of a tick, ms. Silence is counted in ticks, because a page that sleeps counts none. */
const TICK_MS = 1000;
/**
 * A download is given up after this many ticks without a byte. Mobile networks are silent for some seconds between two
 * cells; after 20 s people have left.
 */
const SILENT_TICKS = 20;

/**
 * The heartbeat of downloads that share a line: a byte of any of them is a beat. Servers and browsers may send the files
 * of one page one after the other, so a file that waits for its turn is not at fault.
 */
export class Pulse {
  #tick = 0;
  #lastBeat = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #waiting = new Set<{ since: number; fail: (cause: Error) => void }>();

  /** Tells that bytes have come. */
  beat(): void {
    this.#lastBeat = this.#tick;
  }

  /** Settles like `work`; rejects when there was no beat for 20 s meanwhile. */
  watch<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const waiter = { since: this.#tick, fail: reject };
      this.#waiting.add(waiter);
      this.#timer ??= setInterval(this.#onTick, TICK_MS);
      const end = (): boolean => this.#waiting.delete(waiter);
      work.then(resolve, reject).finally(end);
    });
  }

  readonly #onTick = (): void => {
    this.#tick++;
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    for (const { since, fail } of this.#waiting)
      if (this.#tick - Math.max(since, this.#lastBeat) >= SILENT_TICKS)
        fail(new Error(`no byte has come for ${SILENT_TICKS} s`));
  };
}

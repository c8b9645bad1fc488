import type { Frame, FrameSource } from './frame-source.ts';
import { WakeableSleep } from './wakeable-sleep.ts';

/** Later than this, milliseconds, the pace begins anew instead of being caught up in a rush. */
const PATIENCE_MS = 100;

/** A source that waits for the session, held to its own clock: frames come no faster than they would play. */
export class PacedSource implements FrameSource {
  readonly live = false;
  readonly #source: FrameSource;
  readonly #pause = new WakeableSleep();
  /** `performance.now()` at which the source's time was 0. */
  #zero: number | null = null;
  #closed = false;

  constructor(source: FrameSource) {
    this.#source = source;
  }

  get width(): number {
    return this.#source.width;
  }

  get height(): number {
    return this.#source.height;
  }

  async next(target: Frame): Promise<Frame | null> {
    const frame = await this.#source.next(target);
    if (!frame) return null;
    const now = performance.now();
    this.#zero ??= now - frame.timeMs;
    const wait = this.#zero + frame.timeMs - now;
    if (wait < -PATIENCE_MS) this.#zero = now - frame.timeMs;
    if (wait > 0) await this.#pause.sleep(wait);
    if (!this.#closed) return frame;
    frame.image?.close();
    frame.image = null;
    return null;
  }

  close(): void {
    this.#closed = true;
    this.#source.close();
    this.#pause.wake();
  }
}

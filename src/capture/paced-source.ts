import type { Frame, FrameSource } from './frame-source.ts';
import { WakeableSleep } from './wakeable-sleep.ts';

/** If a frame is later than this, ms, the pace restarts at that frame, so that the frames after it are not hurried. */
const MAX_LATE_MS = 100;

/**
 * Wraps a source that is not live, and slows it down to real time: `next` resolves to a frame no earlier than the
 * difference of its `timeMs` from that of the first frame, in ms after the first. No frame is dropped. `close` closes
 * the wrapped source too.
 */
export class PacedSource implements FrameSource {
  readonly live = false;
  readonly #source: FrameSource;
  readonly #pause = new WakeableSleep();
  /** Value of `performance.now()` at which the source's clock is 0, ms; null before the first frame. */
  #startMs: number | null = null;
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
    this.#startMs ??= now - frame.timeMs;
    const waitMs = this.#startMs + frame.timeMs - now;
    if (waitMs < -MAX_LATE_MS) this.#startMs = now - frame.timeMs;
    if (waitMs > 0) await this.#pause.sleep(waitMs);
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

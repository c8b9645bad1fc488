import type { Frame, FrameSource } from './frame-source.ts';
import { WakeableSleep } from './wakeable-sleep.ts';

/**
 * If a frame is later than this, milliseconds, the pace restarts at that frame, so that the next frames do not rush.
 */
const MAX_LATE_MS = 100;

/**
 * Slows a source that is not live down to its own clock: a frame of time t is given no earlier than t milliseconds
 * after the first, and no frame is dropped.
 */
export class PacedSource implements FrameSource {
  readonly live = false;
  readonly #source: FrameSource;
  readonly #pause = new WakeableSleep();
  /** `performance.now()` at which the source's clock was 0; null before the first frame. */
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

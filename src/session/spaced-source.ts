import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { WakeableSleep } from '../capture/wakeable-sleep.ts';

/**
 * Wraps a live source so that it gives at most one frame in `spacingMs` (real time) and leaves out those in between.
 * `next` waits before it asks the wrapped source, so that the frame is new.
 */
export class SpacedSource implements FrameSource {
  readonly live = true;
  /** Minimum time between two frames, milliseconds; 0 for no limit. */
  spacingMs = 0;
  readonly #source: FrameSource;
  readonly #pause = new WakeableSleep();
  /** When the last frame was given, `performance.now()`. */
  #givenAtMs = -Infinity;
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

  /** Writes the next frame into `target` and resolves to it; to null when the source has ended or was closed. */
  async next(target: Frame): Promise<Frame | null> {
    const waitMs = this.#givenAtMs + this.spacingMs - performance.now();
    if (this.spacingMs > 0 && waitMs > 0) await this.#pause.sleep(waitMs);
    if (this.#closed) return null;
    const frame = await this.#source.next(target);
    this.#givenAtMs = performance.now();
    return frame;
  }

  close(): void {
    this.#closed = true;
    this.#pause.wake();
    this.#source.close();
  }
}

import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { WakeableSleep } from '../capture/wakeable-sleep.ts';

/** A live source of which frames can be left out: asked no sooner than `spacingMs` after it gave the one before. */
export class SpacedSource implements FrameSource {
  readonly live = true;
  /** 0: as they come. */
  spacingMs = 0;
  readonly #source: FrameSource;
  readonly #pause = new WakeableSleep();
  #givenAt = -Infinity;
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
    const waitMs = this.#givenAt + this.spacingMs - performance.now();
    if (this.spacingMs > 0 && waitMs > 0) await this.#pause.sleep(waitMs);
    if (this.#closed) return null;
    const frame = await this.#source.next(target);
    this.#givenAt = performance.now();
    return frame;
  }

  close(): void {
    this.#closed = true;
    this.#pause.wake();
    this.#source.close();
  }
}

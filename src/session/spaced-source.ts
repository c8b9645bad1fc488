import type { Frame, FrameSource } from '../capture/frame-source.ts';

/** A live source of which frames can be left out: asked no sooner than `spacingMs` after it gave the one before. */
export class SpacedSource implements FrameSource {
  readonly live = true;
  /** 0: as they come. */
  spacingMs = 0;
  readonly #source: FrameSource;
  #givenAt = -Infinity;
  #wake: (() => void) | null = null;
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
    if (this.spacingMs > 0 && waitMs > 0) await this.#sleep(waitMs);
    if (this.#closed) return null;
    const frame = await this.#source.next(target);
    this.#givenAt = performance.now();
    return frame;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
    this.#source.close();
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

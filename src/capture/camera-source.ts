import type { Frame, FrameSource } from './frame-source.ts';
import { StreamSource } from './stream-source.ts';

/** A camera that its owner may give back at any time, and that can be opened again. */
export interface Camera {
  /**
   * Resolves to the running stream. Asks the shopper unless it runs; waits while the owner does not want the camera.
   * Rejects with the `FittingError` of a camera, or with the reason of an abort.
   */
  open(): Promise<MediaStream>;
  /** Called right after the camera was given back; `open` gives the next stream. */
  onRelease: (() => void) | null;
}

/**
 * The live frames of a camera (`StreamSource`). When the camera is given back, a pending `next` waits and goes on with
 * the next stream. `close` does not give the camera back: its owner does.
 */
export class CameraSource implements FrameSource {
  readonly live = true;
  readonly #camera: Camera;
  /** The frames of the present stream; null while the camera is not open. */
  #frames: StreamSource | null = null;
  /** Frames dropped by the streams before the present one. */
  #droppedBefore = 0;
  #isClosed = false;

  constructor(camera: Camera) {
    this.#camera = camera;
    camera.onRelease = () => this.#closeFrames();
  }

  get width(): number {
    return this.#frames?.width ?? 0;
  }

  get height(): number {
    return this.#frames?.height ?? 0;
  }

  get dropped(): number {
    return this.#droppedBefore + (this.#frames?.dropped ?? 0);
  }

  async next(target: Frame): Promise<Frame | null> {
    while (!this.#isClosed) {
      const stream = await this.#camera.open();
      if (this.#isClosed) break;
      const frames = (this.#frames ??= new StreamSource(stream));
      const frame = await frames.next(target);
      if (frame) return frame;
    }
    return null;
  }

  close(): void {
    this.#isClosed = true;
    this.#camera.onRelease = null;
    this.#closeFrames();
  }

  #closeFrames(): void {
    if (!this.#frames) return;
    const frames = this.#frames;
    this.#frames = null;
    frames.close();
    this.#droppedBefore += frames.dropped;
  }
}

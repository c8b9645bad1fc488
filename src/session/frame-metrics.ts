import { MedianWindow } from './median-window.ts';

/** Window of the running medians, frames: two seconds at 30 frames a second. */
const WINDOW = 60;

/** Times of one frame, milliseconds. */
export interface FrameTimes {
  /** From sending a frame to the tracker to its answer. */
  trackingMs: number;
  /** Solving the body and fitting the garments. */
  bodyMs: number;
  /** Texture upload and draw calls, as measured on the page's thread. */
  renderMs: number;
  /** From sending a frame to the tracker to the end of its drawing. */
  latencyMs: number;
}

/** Speed of a session: medians of the last 60 frames. */
export interface FrameMetrics extends FrameTimes {
  /** Drawn frames per second. */
  fps: number;
  /** Number of frames that a live source has dropped since the start. */
  dropped: number;
}

/** Metrics before the first frame. */
export const NO_METRICS: FrameMetrics = Object.freeze({
  fps: 0,
  trackingMs: 0,
  bodyMs: 0,
  renderMs: 0,
  latencyMs: 0,
  dropped: 0,
});

/** Collects the times of each frame. `add` allocates nothing; `read` computes the medians. */
export class MetricsRecorder {
  readonly #interval = new MedianWindow(WINDOW);
  readonly #tracking = new MedianWindow(WINDOW);
  readonly #body = new MedianWindow(WINDOW);
  readonly #render = new MedianWindow(WINDOW);
  readonly #latency = new MedianWindow(WINDOW);
  /** `drawnAtMs` of the frame before; 0 when there was none. */
  #lastDrawnAtMs = 0;

  /** Adds a frame. `drawnAtMs`: the end of its drawing, `performance.now()`. */
  add(drawnAtMs: number, { trackingMs, bodyMs, renderMs, latencyMs }: FrameTimes): void {
    if (this.#lastDrawnAtMs > 0) this.#interval.add(drawnAtMs - this.#lastDrawnAtMs);
    this.#lastDrawnAtMs = drawnAtMs;
    this.#tracking.add(trackingMs);
    this.#body.add(bodyMs);
    this.#render.add(renderMs);
    this.#latency.add(latencyMs);
  }

  /** Leaves the time until the next frame out of `fps`, because it contains a pause. */
  skip(): void {
    this.#lastDrawnAtMs = 0;
  }

  /** `dropped`: number of frames that the source has dropped. */
  read(dropped: number): FrameMetrics {
    const interval = this.#interval.median;
    return {
      fps: interval > 0 ? 1000 / interval : 0,
      trackingMs: this.#tracking.median,
      bodyMs: this.#body.median,
      renderMs: this.#render.median,
      latencyMs: this.#latency.median,
      dropped,
    };
  }
}

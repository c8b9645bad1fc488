import { MedianWindow } from './median-window.ts';

/** Frames that the medians are taken over: two seconds at 30 fps. */
const WINDOW = 60;

/** How the session is doing: medians of the last 60 frames. */
export interface FrameMetrics {
  /** Frames drawn a second. */
  fps: number;
  /** From handing the frame to the tracker to its answer. */
  trackingMs: number;
  /** Body solve and garment fit. */
  bodyMs: number;
  /** Upload and draw calls, as the page's thread sees them. */
  renderMs: number;
  /** From receiving the frame to having drawn it. */
  latencyMs: number;
  /** Frames of a live source that were let go since the start. */
  dropped: number;
}

/** Before the first frame. */
export const noMetrics: FrameMetrics = Object.freeze({
  fps: 0,
  trackingMs: 0,
  bodyMs: 0,
  renderMs: 0,
  latencyMs: 0,
  dropped: 0,
});

/** Collects the figures of each frame without allocating; `read` computes the medians when asked. */
export class MetricsRecorder {
  readonly #interval = new MedianWindow(WINDOW);
  readonly #tracking = new MedianWindow(WINDOW);
  readonly #body = new MedianWindow(WINDOW);
  readonly #render = new MedianWindow(WINDOW);
  readonly #latency = new MedianWindow(WINDOW);
  #lastDrawn = 0;

  /** Milliseconds; `drawnAt` on the clock of `performance.now()`. */
  add(drawnAt: number, trackingMs: number, bodyMs: number, renderMs: number, latencyMs: number): void {
    if (this.#lastDrawn > 0) this.#interval.add(drawnAt - this.#lastDrawn);
    this.#lastDrawn = drawnAt;
    this.#tracking.add(trackingMs);
    this.#body.add(bodyMs);
    this.#render.add(renderMs);
    this.#latency.add(latencyMs);
  }

  /** The next interval does not count (a pause lies in it). */
  skip(): void {
    this.#lastDrawn = 0;
  }

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

import type { FrameMetrics, FrameTimes } from './frame-metrics.ts';
import { MedianWindow } from './median-window.ts';

/** Window of the running medians, frames: two seconds at 30 frames a second. */
const WINDOW = 60;

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

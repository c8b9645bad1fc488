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

const scratch = new Float64Array(WINDOW);

/** The last values of one quantity. */
class MedianWindow {
  readonly #values = new Float64Array(WINDOW);
  #count = 0;

  add(value: number): void {
    this.#values[this.#count++ % WINDOW] = value;
  }

  clear(): void {
    this.#count = 0;
  }

  get median(): number {
    const size = Math.min(this.#count, WINDOW);
    if (size === 0) return 0;
    const sorted = scratch.subarray(0, size);
    sorted.set(this.#values.subarray(0, size));
    sorted.sort();
    const middle = size >> 1;
    return size % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

/** Collects the figures of each frame without allocating; `read` computes the medians when asked. */
export class MetricsRecorder {
  readonly #interval = new MedianWindow();
  readonly #tracking = new MedianWindow();
  readonly #body = new MedianWindow();
  readonly #render = new MedianWindow();
  readonly #latency = new MedianWindow();
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

  clear(): void {
    for (const values of [this.#interval, this.#tracking, this.#body, this.#render, this.#latency]) values.clear();
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

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

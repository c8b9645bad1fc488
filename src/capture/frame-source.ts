/** The types of a frame's picture; both have a `close` that frees their pixels. */
export type FrameImage = ImageBitmap | VideoFrame;

/** One picture of the shopper and its time. The code that holds a frame closes its image when it is done with it. */
export interface Frame {
  /** Unmirrored, upright picture; null while a tracker owns it. */
  image: FrameImage | null;
  /** Size of the image as it is shown, px. */
  width: number;
  height: number;
  /** Time on the source's own clock, ms, with any start; it rises from frame to frame. */
  timeMs: number;
}

/**
 * A sequence of frames. The session, which tracks the person in them and draws the garments, calls `next` for each
 * frame. A source that is not `live` (file, photo) makes a frame when `next` is called, so that the session gets every
 * frame. A live source (camera, playing video) resolves to the newest frame, and drops older ones for which no `next`
 * was called.
 */
export interface FrameSource {
  /** Size of the next frame, px, 0 while unknown; it may change from frame to frame (a turned phone). */
  readonly width: number;
  readonly height: number;
  /** Whether frames come at the source's own pace, and are dropped if no `next` is called for them. */
  readonly live: boolean;
  /** Number of frames that a live source has dropped since it was opened. */
  readonly dropped?: number;
  /**
   * Writes the next frame into `target` and resolves to `target`; the caller then closes `target.image`. An image that
   * `target` held before is replaced, not closed. Resolves to null at the end of the source; the session then keeps
   * showing the last frame. Rejects with a `FittingError` when the source fails. One call at a time.
   */
  next(target: Frame): Promise<Frame | null>;
  /** Releases the camera or file; a pending `next` resolves to null. May be called twice. */
  close(): void;
}

/** Creates a frame without an image (size and time 0), as a target for `next`. */
export function createFrame(): Frame {
  return { image: null, width: 0, height: 0, timeMs: 0 };
}

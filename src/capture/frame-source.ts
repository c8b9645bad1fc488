/** The types of a frame's picture. */
export type FrameImage = ImageBitmap | VideoFrame;

/** One picture and its time. The owner of a frame closes its image when done. */
export interface Frame {
  /** Unmirrored, upright picture; null while a tracker owns it. */
  image: FrameImage | null;
  /** Size of the image, pixels. */
  width: number;
  height: number;
  /** Milliseconds on the source's own clock; rises from frame to frame. */
  timeMs: number;
}

/**
 * A sequence of frames, pulled by the session. A source that is not `live` waits to be asked, so that the session gets
 * every frame. A live source gives the newest frame and drops those that nothing asked for in time.
 */
export interface FrameSource {
  /** Pixels of the next frame, 0 while unknown; may change from frame to frame (a turned phone). */
  readonly width: number;
  readonly height: number;
  readonly live: boolean;
  /** Frames that a live source has dropped since it was opened. */
  readonly dropped?: number;
  /**
   * Writes the next frame into `target` and resolves to `target`. Resolves to null at the end of the source; the
   * session then keeps showing the last frame. Rejects with a `FittingError` when the source fails.
   */
  next(target: Frame): Promise<Frame | null>;
  /** Releases the camera or file; a pending `next` resolves to null. May be called twice. */
  close(): void;
}

/** A frame without an image, to pass to `next`. */
export function createFrame(): Frame {
  return { image: null, width: 0, height: 0, timeMs: 0 };
}

/** What a picture comes as. */
export type FrameImage = ImageBitmap | VideoFrame;

/** One picture and the moment it belongs to. The holder of a frame closes its image when done. */
export interface Frame {
  /** Unmirrored, upright picture; null while it is away with a tracker. */
  image: FrameImage | null;
  /** Pixels. */
  width: number;
  height: number;
  /** Milliseconds on the source's own clock; strictly increasing within one source. */
  timeMs: number;
}

/**
 * Where pictures come from. The session pulls: a source that is not `live` waits for it, so that every frame is seen;
 * a live one hands out the newest frame and lets the others go.
 */
export interface FrameSource {
  /** Pixels of the next frame, as far as known; may change in mid-stream (a turned phone). */
  readonly width: number;
  readonly height: number;
  readonly live: boolean;
  /** Frames that a live source has let go since it was opened, because nobody asked in time. */
  readonly dropped?: number;
  /**
   * Writes the next frame into `target` and resolves to it; resolves to null when there will be no further frame (the
   * session then keeps showing the last one). Rejects with a `FittingError` when the source fails.
   */
  next(target: Frame): Promise<Frame | null>;
  /** Gives everything back (camera light off); a pending `next` resolves to null. May be called twice. */
  close(): void;
}

/** An empty frame to pass to `next`. */
export function createFrame(): Frame {
  return { image: null, width: 0, height: 0, timeMs: 0 };
}

import type { Frame, FrameImage, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { closeSource } from './close-source.ts';

/** A source that has not given its first frame after this time, milliseconds, is worth a warning. */
const FIRST_FRAME_PATIENCE_MS = 10_000;

/**
 * Reads the frames of one source, which may be a page's own, and checks each:
 *
 * - a source that fails or gives a frame that cannot be used rejects with `FittingError` `source-unreadable`, which names
 *   the fault;
 * - a source whose time runs backwards, or which does not answer, gets one warning on the console: the first restarts the
 *   track and goes on, the second may still answer (a video that is not playing yet).
 */
export class SourceReader {
  readonly #source: FrameSource;
  /** Time of the last frame on the source's clock. */
  #timeMs = -Infinity;
  #hasWarnedOfTime = false;
  #hasAnswered = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: FrameSource) {
    this.#source = source;
  }

  /** Writes the next frame into `target` and resolves to it, or to null when the source has ended. */
  async next(target: Frame): Promise<Frame | null> {
    if (!this.#hasAnswered) this.#timer ??= setTimeout(this.#warnOfSilence, FIRST_FRAME_PATIENCE_MS);
    let frame: Frame | null;
    try {
      frame = await this.#source.next(target);
    } catch (cause) {
      if (cause instanceof FittingError) throw cause;
      throw new FittingError(
        'source-unreadable',
        `The source failed: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    } finally {
      this.#hasAnswered = true;
      clearTimeout(this.#timer);
    }
    if (!frame) return null;
    const fault = faultOf(target);
    if (fault) throw new FittingError('source-unreadable', `The source gave a frame ${fault}.`);
    this.#checkTime(target.timeMs);
    return target;
  }

  /** Closes the source, which ends a `next` that still waits for a picture. */
  close(): void {
    clearTimeout(this.#timer);
    closeSource(this.#source);
  }

  #checkTime(timeMs: number): void {
    if (timeMs < this.#timeMs && !this.#hasWarnedOfTime) {
      this.#hasWarnedOfTime = true;
      console.warn(
        `fitting-room: the source gave a frame of ${timeMs} ms after one of ${this.#timeMs} ms, so the person is searched anew. Let timeMs rise from frame to frame; a source that starts over keeps counting.`,
      );
    }
    this.#timeMs = timeMs;
  }

  readonly #warnOfSilence = (): void => {
    // A hidden page gets no pictures of cameras and videos.
    if (globalThis.document?.hidden) {
      this.#timer = setTimeout(this.#warnOfSilence, FIRST_FRAME_PATIENCE_MS);
      return;
    }
    console.warn(
      `fitting-room: the source has not given a frame for ${FIRST_FRAME_PATIENCE_MS / 1000} seconds. Its next() must resolve to a frame, or to null when there is none; a video element must have data and a stream must run.`,
    );
  };
}

function faultOf(target: Frame): string | null {
  const { image, width, height, timeMs } = target;
  if (!image) return 'without an image (next() writes it into the target that it is given)';
  if (typeof (image as Partial<ImageBitmap>).close !== 'function') {
    // Nothing may close what has no close().
    target.image = null;
    return 'whose image is neither an ImageBitmap nor a VideoFrame';
  }
  if (isClosed(image)) return 'whose image is closed already';
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) return `of ${width} × ${height} pixels`;
  const imageWidth = 'displayWidth' in image ? image.displayWidth : image.width;
  const imageHeight = 'displayHeight' in image ? image.displayHeight : image.height;
  if (width !== imageWidth || height !== imageHeight)
    return `of ${width} × ${height} pixels with an image of ${imageWidth} × ${imageHeight}: set its width and height to those of its image`;
  return Number.isFinite(timeMs) ? null : `at ${timeMs} ms`;
}

/** A closed bitmap is 0 wide, a closed video frame has no size either. */
function isClosed(image: FrameImage): boolean {
  return ('codedWidth' in image ? image.codedWidth : image.width) === 0;
}

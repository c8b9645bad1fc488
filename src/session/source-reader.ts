import type { Frame, FrameImage, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { closeSource } from './close-source.ts';

/** If the first frame is not there after this time, the console warns the page's author. */
const FIRST_FRAME_PATIENCE_MS = 10_000;

/**
 * Reads and checks the frames of one source. The source may be the page's own and have faults:
 *
 * - it throws, or gives a frame that cannot be used: `next` rejects with a `FittingError` `source-unreadable` that
 *   names the fault;
 * - its time runs backwards: one console warning; the frame is used, and the person is searched anew;
 * - it does not give its first frame: one console warning; it may still do so (a video that does not play yet).
 */
export class SourceReader {
  readonly #source: FrameSource;
  /** `timeMs` of the last frame. */
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
    // A hidden page gets no pictures from cameras and videos.
    if (globalThis.document?.hidden) {
      this.#timer = setTimeout(this.#warnOfSilence, FIRST_FRAME_PATIENCE_MS);
      return;
    }
    console.warn(
      `fitting-room: the source has not given a frame for ${FIRST_FRAME_PATIENCE_MS / 1000} seconds. Its next() must resolve to a frame, or to null when there is none; a video element must have data and a stream must run.`,
    );
  };
}

/** What is wrong with the frame that the source wrote; null if nothing. */
function faultOf(target: Frame): string | null {
  const { image, width, height, timeMs } = target;
  if (!image) return 'without an image (next() writes it into the target that it is given)';
  if (typeof (image as Partial<ImageBitmap>).close !== 'function') {
    // The frame loop closes every image that it finds here, and this one has no close().
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

/** A closed ImageBitmap has the width 0, a closed VideoFrame the coded width 0. */
function isClosed(image: FrameImage): boolean {
  return ('codedWidth' in image ? image.codedWidth : image.width) === 0;
}

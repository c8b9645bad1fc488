import { FittingError } from '../errors.ts';
import { assertReadable } from './assert-readable.ts';
import type { Frame, FrameImage, FrameSource } from './frame-source.ts';
import { grabFrame } from './grab-frame.ts';
import { writeFrame } from './write-frame.ts';

/**
 * Number of pictures that are taken in a row without a `next`; at 30 fps they last one second. A tracker slower than
 * the camera finds the newest picture ready, and a paused session costs nothing after that second.
 */
const MAX_UNCLAIMED = 30;

/** A call of `next` that waits for a picture. */
interface PendingNext {
  target: Frame;
  resolve: (frame: Frame | null) => void;
  reject: (error: unknown) => void;
}

/**
 * A playing `<video>` as a live source of upright, unmirrored frames in the video's intrinsic size, px. Times are in ms
 * on the page's clock (`performance.now`), or the camera's capture times where the browser reports them.
 *
 * 1. Each time the browser presents a picture, the source takes it (`grabFrame`), and drops the older one if `next` has
 *    not taken it.
 * 2. `next` resolves to the newest picture, or waits for the next one. A hidden page presents no pictures, so `next`
 *    waits until the page is visible again. A second call resolves the one that waits to null.
 * 3. When the element fails, pending and later calls of `next` reject with `FittingError` `source-unreadable`.
 * 4. `close` leaves the element playing, because it belongs to the caller.
 *
 * A camera has few buffers. At most three pictures are open at a time: the newest, the tracker's, and the one being
 * drawn.
 */
export class VideoSource implements FrameSource {
  readonly live = true;
  readonly #video: HTMLVideoElement;
  #newest: FrameImage | null = null;
  #newestTimeMs = 0;
  #lastTimeMs = -Infinity;
  /** Seconds on the element's clock at the last picture, for browsers without `requestVideoFrameCallback`. */
  #lastMediaTime = -1;
  #isCapturing = false;
  /** Pictures taken since the last `next`. */
  #unclaimed = 0;
  #dropped = 0;
  /** The browser's running number of the last presented picture. */
  #presented = 0;
  #pending: PendingNext | null = null;
  #error: unknown = null;
  /** Handle of the requested callback, to cancel it. */
  #handle = 0;
  #isClosed = false;
  readonly #listening = new AbortController();

  /**
   * Opens an element of the page. The element need not have loaded its video yet. Rejects with `FittingError`
   * `source-unreadable` if the element can never give a picture, or with the abort reason.
   */
  static async open(video: HTMLVideoElement, signal?: AbortSignal): Promise<VideoSource> {
    // An element whose `src` was just set reports errors in the next task.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    const fault = faultOf(video);
    if (fault) throw new FittingError('source-unreadable', fault);
    return new VideoSource(video);
  }

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    // `error` does not bubble, and a `<source>` child gets its own: listen in the capture phase.
    for (const name of ['error', 'loadedmetadata']) {
      video.addEventListener(name, () => setTimeout(this.#check, 0), { capture: true, signal: this.#listening.signal });
    }
    this.#requestPicture();
    // A paused video presents no new picture: its current picture is the first frame.
    if (video.readyState >= 2) void this.#capture(performance.now());
  }

  get width(): number {
    return this.#video.videoWidth;
  }

  get height(): number {
    return this.#video.videoHeight;
  }

  get dropped(): number {
    return this.#dropped;
  }

  next(target: Frame): Promise<Frame | null> {
    if (this.#error) return Promise.reject(this.#error);
    if (this.#isClosed) return Promise.resolve(null);
    // Capturing stopped at the limit, so the newest picture is old.
    const isOld = this.#unclaimed >= MAX_UNCLAIMED;
    this.#unclaimed = 0;
    if (this.#newest && isOld) this.#discard();
    if (this.#newest) {
      const image = this.#newest;
      this.#newest = null;
      return Promise.resolve(writeFrame(target, image, this.#newestTimeMs));
    }
    this.#pending?.resolve(null);
    return new Promise((resolve, reject) => {
      this.#pending = { target, resolve, reject };
    });
  }

  /** Ends the source with an error (an unplugged camera): pending and later calls of `next` reject with `error`. */
  fail(error: unknown): void {
    if (this.#isClosed || this.#error) return;
    this.#error = error;
    this.#release();
    const pending = this.#pending;
    this.#pending = null;
    pending?.reject(error);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#release();
    const pending = this.#pending;
    this.#pending = null;
    pending?.resolve(null);
  }

  readonly #check = (): void => {
    const fault = faultOf(this.#video);
    if (fault) this.fail(new FittingError('source-unreadable', fault));
  };

  /** Stops the callbacks and closes the newest picture. */
  #release(): void {
    this.#listening.abort();
    if ('cancelVideoFrameCallback' in this.#video) this.#video.cancelVideoFrameCallback(this.#handle);
    else cancelAnimationFrame(this.#handle);
    this.#discard();
  }

  #discard(): void {
    this.#newest?.close();
    this.#newest = null;
  }

  /** Asks the browser for a callback at the next picture. */
  #requestPicture(): void {
    if ('requestVideoFrameCallback' in this.#video) {
      this.#handle = this.#video.requestVideoFrameCallback(this.#onVideoFrame);
    } else {
      this.#handle = requestAnimationFrame(this.#onAnimationFrame);
    }
  }

  readonly #onVideoFrame = (now: number, metadata: VideoFrameCallbackMetadata): void => {
    if (this.#isClosed || this.#error) return;
    this.#requestPicture();
    // Pictures that were presented while the page's thread or the GPU was busy.
    if (this.#presented > 0) this.#dropped += Math.max(0, metadata.presentedFrames - this.#presented - 1);
    this.#presented = metadata.presentedFrames;
    void this.#capture(metadata.captureTime ?? now);
  };

  /**
   * For browsers without `requestVideoFrameCallback` (Firefox before 132): a new picture changes the element's clock.
   */
  readonly #onAnimationFrame = (now: number): void => {
    if (this.#isClosed || this.#error) return;
    this.#requestPicture();
    const mediaTime = this.#video.currentTime;
    if (mediaTime === this.#lastMediaTime || this.#video.readyState < 2) return;
    this.#lastMediaTime = mediaTime;
    void this.#capture(now);
  };

  /** Takes the current picture, of time `timeMs`, unless taking is in progress or has stopped at the limit. */
  async #capture(timeMs: number): Promise<void> {
    if (this.#isCapturing || this.#unclaimed >= MAX_UNCLAIMED) {
      this.#dropped++;
      return;
    }
    this.#isCapturing = true;
    try {
      if (this.#lastTimeMs === -Infinity) assertReadable(this.#video);
      const image = await grabFrame(this.#video);
      if (this.#isClosed || this.#error) image.close();
      else this.#offer(image, timeMs);
    } catch (cause) {
      // The video has no picture at this moment (a turned phone, a change of stream): wait for the next.
      if (cause instanceof DOMException && cause.name === 'InvalidStateError') return;
      this.fail(
        cause instanceof FittingError
          ? cause
          : new FittingError('source-unreadable', 'The video could not be read.', { cause }),
      );
    } finally {
      this.#isCapturing = false;
    }
  }

  /** Gives a picture to the pending `next`, or keeps it as the newest. */
  #offer(image: FrameImage, timeMs: number): void {
    // The clocks of cameras may repeat a time or go back, but the time of a frame must rise.
    const risingTimeMs = timeMs > this.#lastTimeMs ? timeMs : this.#lastTimeMs + 1;
    this.#lastTimeMs = risingTimeMs;
    const pending = this.#pending;
    if (pending) {
      this.#pending = null;
      pending.resolve(writeFrame(pending.target, image, risingTimeMs));
      return;
    }
    if (this.#newest) this.#dropped++;
    this.#discard();
    this.#newest = image;
    this.#newestTimeMs = risingTimeMs;
    this.#unclaimed++;
  }
}

/**
 * Values of `networkState` and `readyState`: https://html.spec.whatwg.org/multipage/media.html#dom-media-networkstate
 */
const NETWORK_EMPTY = 0;
const NETWORK_NO_SOURCE = 3;
const HAVE_METADATA = 1;

/** Returns why a video element can never give a picture, or null while it may. A stream's track reports its failure. */
function faultOf(video: HTMLVideoElement): string | null {
  if (video.error)
    return `The video element cannot play its source: ${video.error.message || `code ${video.error.code}`}.`;
  if (video.srcObject) return null;
  if (video.networkState === NETWORK_EMPTY) return 'The video element has no source: give it a src before it is used.';
  if (video.networkState === NETWORK_NO_SOURCE) return 'The video element found no source that it can play.';
  if (video.readyState >= HAVE_METADATA && video.videoWidth === 0)
    return 'The video element plays something without a picture (audio only).';
  return null;
}

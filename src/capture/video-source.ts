import { FittingError } from '../errors.ts';
import { assertReadable } from './assert-readable.ts';
import type { Frame, FrameImage, FrameSource } from './frame-source.ts';
import { grabFrame } from './grab-frame.ts';

/**
 * Pictures taken ahead of anyone asking: at 30 fps one second's worth. A tracker slower than the camera always finds the
 * newest one ready; a paused session costs nothing after that second.
 */
const MAX_UNCLAIMED = 30;

interface Waiting {
  target: Frame;
  resolve: (frame: Frame | null) => void;
  reject: (error: unknown) => void;
}

/**
 * A playing `<video>` as a live source: each new picture is taken as it is presented, the newest wins. The element is the
 * caller's: `close` leaves it playing. A hidden page presents no pictures, so `next` simply waits until it is seen again.
 *
 * Of the camera's few buffers, three are held at most: the newest picture, the one with the tracker and the one being drawn.
 */
export class VideoSource implements FrameSource {
  readonly live = true;
  readonly #video: HTMLVideoElement;
  #newest: FrameImage | null = null;
  #newestTimeMs = 0;
  #lastTimeMs = -Infinity;
  #lastMediaTime = -1;
  #capturing = false;
  #unclaimed = 0;
  #dropped = 0;
  /** The browser's running number of the last picture that was noticed. */
  #presented = 0;
  #waiting: Waiting | null = null;
  #error: unknown = null;
  #handle = 0;
  #closed = false;
  readonly #listening = new AbortController();

  /** Of an element of the page's. Rejects with `FittingError` `source-unreadable` when it can never give a picture. */
  static async open(video: HTMLVideoElement, signal?: AbortSignal): Promise<VideoSource> {
    // An element that was given its address a moment ago says only in the next task what it makes of it.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    const fault = faultOf(video);
    if (fault) throw new FittingError('source-unreadable', fault);
    return new VideoSource(video);
  }

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    // `error` does not bubble, and that of a `<source>` inside goes to the `<source>`: caught on its way down.
    for (const name of ['error', 'loadedmetadata']) {
      video.addEventListener(name, () => setTimeout(this.#check, 0), { capture: true, signal: this.#listening.signal });
    }
    this.#listen();
    // A paused video presents nothing new: its present picture is the first frame.
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
    if (this.#closed) return Promise.resolve(null);
    const slept = this.#unclaimed >= MAX_UNCLAIMED;
    this.#unclaimed = 0;
    if (this.#newest && slept) this.#discard();
    if (this.#newest) {
      const image = this.#newest;
      this.#newest = null;
      return Promise.resolve(write(target, image, this.#newestTimeMs));
    }
    this.#waiting?.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting = { target, resolve, reject };
    });
  }

  /** Ends the source with an error (a camera pulled out): pending and later `next`s reject with it. */
  fail(error: unknown): void {
    if (this.#closed || this.#error) return;
    this.#error = error;
    this.#release();
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(error);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#release();
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(null);
  }

  readonly #check = (): void => {
    const fault = faultOf(this.#video);
    if (fault) this.fail(new FittingError('source-unreadable', fault));
  };

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

  #listen(): void {
    if ('requestVideoFrameCallback' in this.#video) {
      this.#handle = this.#video.requestVideoFrameCallback(this.#onVideoFrame);
    } else {
      this.#handle = requestAnimationFrame(this.#onAnimationFrame);
    }
  }

  readonly #onVideoFrame = (now: number, metadata: VideoFrameCallbackMetadata): void => {
    if (this.#closed || this.#error) return;
    this.#listen();
    // Pictures that came and went while the page's thread or the GPU was busy.
    if (this.#presented > 0) this.#dropped += Math.max(0, metadata.presentedFrames - this.#presented - 1);
    this.#presented = metadata.presentedFrames;
    void this.#capture(metadata.captureTime ?? now);
  };

  /** For browsers without `requestVideoFrameCallback` (Firefox before 132): a new picture shows in the media's clock. */
  readonly #onAnimationFrame = (now: number): void => {
    if (this.#closed || this.#error) return;
    this.#listen();
    const mediaTime = this.#video.currentTime;
    if (mediaTime === this.#lastMediaTime || this.#video.readyState < 2) return;
    this.#lastMediaTime = mediaTime;
    void this.#capture(now);
  };

  async #capture(timeMs: number): Promise<void> {
    if (this.#capturing || this.#unclaimed >= MAX_UNCLAIMED) {
      this.#dropped++;
      return;
    }
    this.#capturing = true;
    try {
      if (this.#lastTimeMs === -Infinity) assertReadable(this.#video);
      const image = await grabFrame(this.#video);
      if (this.#closed || this.#error) image.close();
      else this.#offer(image, timeMs);
    } catch (cause) {
      // InvalidStateError: the video has no picture at this moment (a turned phone, a change of stream); the next one will do.
      if (cause instanceof DOMException && cause.name === 'InvalidStateError') return;
      this.fail(
        cause instanceof FittingError
          ? cause
          : new FittingError('source-unreadable', 'The video could not be read.', { cause }),
      );
    } finally {
      this.#capturing = false;
    }
  }

  #offer(image: FrameImage, timeMs: number): void {
    // Clocks of cameras stutter; the contract says strictly increasing.
    const at = timeMs > this.#lastTimeMs ? timeMs : this.#lastTimeMs + 1;
    this.#lastTimeMs = at;
    const waiting = this.#waiting;
    if (waiting) {
      this.#waiting = null;
      waiting.resolve(write(waiting.target, image, at));
      return;
    }
    if (this.#newest) this.#dropped++;
    this.#discard();
    this.#newest = image;
    this.#newestTimeMs = at;
    this.#unclaimed++;
  }
}

/** Values of https://html.spec.whatwg.org/multipage/media.html#dom-media-networkstate and `readyState`. */
const NETWORK_EMPTY = 0;
const NETWORK_NO_SOURCE = 3;
const HAVE_METADATA = 1;

/** Why a video will never give a picture; null while it may. A stream tells by its track instead. */
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

function write(target: Frame, image: FrameImage, timeMs: number): Frame {
  target.image = image;
  target.width = 'displayWidth' in image ? image.displayWidth : image.width;
  target.height = 'displayHeight' in image ? image.displayHeight : image.height;
  target.timeMs = timeMs;
  return target;
}

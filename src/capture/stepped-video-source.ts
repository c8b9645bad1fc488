import { FittingError } from '../errors.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { grabFrame } from './grab-frame.ts';

export interface SteppedVideoOptions {
  /** Frames a second of the file; 30 when unknown. */
  fps?: number;
  /** Begin again at the end instead of ending. */
  loop?: boolean;
}

/** What to assume of a file that nobody described. */
const DEFAULT_FPS = 30;

/**
 * A video file, frame by frame: seeks to the middle of each frame and waits for the session, so that every frame is handed
 * out exactly once, in order. `timeMs` is the frame's start in the file (running on when it loops).
 */
export class SteppedVideoSource implements FrameSource {
  readonly live = false;
  readonly #from: string | Blob;
  readonly #fps: number;
  readonly #loop: boolean;
  readonly #abort = new AbortController();
  #video: HTMLVideoElement | null = null;
  #opening: Promise<HTMLVideoElement> | null = null;
  #frames = 0;
  #index = 0;

  constructor(from: string | URL | Blob, { fps = DEFAULT_FPS, loop = false }: SteppedVideoOptions = {}) {
    if (!(fps > 0 && fps <= 240))
      throw new RangeError(`SteppedVideoSource: fps must lie between 0 and 240, not ${fps}.`);
    if (typeof from !== 'string' && !(from instanceof URL) && !(from instanceof Blob))
      throw new TypeError(`SteppedVideoSource: give the URL of a video or a Blob, not ${String(from)}.`);
    this.#from = from instanceof URL ? from.href : from;
    this.#fps = fps;
    this.#loop = loop;
  }

  get width(): number {
    return this.#video?.videoWidth ?? 0;
  }

  get height(): number {
    return this.#video?.videoHeight ?? 0;
  }

  /** Opens the file and reads its size and length. `next` does so by itself; a caller who wants failures early calls it first. */
  async open(): Promise<this> {
    await (this.#opening ??= this.#load());
    return this;
  }

  async next(target: Frame): Promise<Frame | null> {
    const { signal } = this.#abort;
    try {
      if (signal.aborted) return null;
      const video = await (this.#opening ??= this.#load());
      if (this.#index >= this.#frames && !this.#loop) return null;
      const index = this.#index++;
      const timeMs = (index * 1000) / this.#fps;
      await seek(video, ((index % this.#frames) + 0.5) / this.#fps, signal);
      const image = await grabFrame(video);
      if (signal.aborted) {
        image.close();
        return null;
      }
      target.image = image;
      target.width = video.videoWidth;
      target.height = video.videoHeight;
      target.timeMs = timeMs;
      return target;
    } catch (cause) {
      if (signal.aborted) return null;
      throw cause instanceof FittingError
        ? cause
        : new FittingError('source-unreadable', `The video could not be read (${this.#name}).`, { cause });
    }
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    if (this.#video) {
      this.#video.removeAttribute('src');
      this.#video.srcObject = null;
      this.#video.load();
    }
  }

  get #name(): string {
    return typeof this.#from === 'string'
      ? this.#from
      : `${this.#from.type || 'blob of unknown type'}, ${this.#from.size} bytes`;
  }

  async #load(): Promise<HTMLVideoElement> {
    const { signal } = this.#abort;
    const video = document.createElement('video');
    this.#video = video;
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    if (typeof this.#from === 'string') {
      video.crossOrigin = 'anonymous';
      video.src = this.#from;
    } else {
      this.#attach(video, this.#from);
    }
    try {
      await event(video, 'loadeddata', signal);
      if (!Number.isFinite(video.duration)) {
        // A recording without a length (MediaRecorder): far beyond the end the browser finds it out.
        await seek(video, 1e9, signal);
      }
    } catch (cause) {
      throw new FittingError('source-unreadable', `The video could not be opened (${this.#name}).`, { cause });
    }
    const { seekable, duration } = video;
    if (seekable.length === 0 || seekable.end(seekable.length - 1) < duration / 2) {
      throw new FittingError(
        'source-unreadable',
        `The video cannot be stepped through (${this.#name}): its server must answer range requests (Accept-Ranges: bytes).`,
      );
    }
    this.#frames = Math.max(1, Math.round(video.duration * this.#fps));
    return video;
  }

  /**
   * A Blob as `srcObject` passes any content security policy, but not every browser takes one. An address made for the Blob
   * would play in all, but only under a policy with `media-src blob:`, and elsewhere it is a violation: it is not tried.
   */
  #attach(video: HTMLVideoElement, blob: Blob): void {
    try {
      video.srcObject = blob;
    } catch (cause) {
      throw new FittingError(
        'source-unreadable',
        'This browser plays no video from a Blob: give its URL instead (`source="clip.mp4"`), or a `<video>` element that plays it.',
        { cause },
      );
    }
  }
}

/** Seconds. Resolves when the picture of that moment is there. */
async function seek(video: HTMLVideoElement, time: number, signal: AbortSignal): Promise<void> {
  const seeked = event(video, 'seeked', signal);
  video.currentTime = time;
  await seeked;
}

/** Resolves at the event, rejects at the element's `error` and on abort. */
function event(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const options = { once: true, signal: done.signal };
    const settle = (finish: () => void) => (): void => {
      done.abort();
      finish();
    };
    video.addEventListener(name, settle(resolve), options);
    video.addEventListener(
      'error',
      settle(() => reject(new Error(video.error?.message || 'the browser cannot play it'))),
      options,
    );
    signal.addEventListener(
      'abort',
      settle(() => reject(signal.reason)),
      options,
    );
  });
}

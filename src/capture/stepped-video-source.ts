import { FittingError } from '../errors.ts';
import { Pulse } from '../pulse.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { grabFrame } from './grab-frame.ts';
import { writeFrame } from './write-frame.ts';

/** How to step through a video. */
export interface SteppedVideoOptions {
  /** Frames a second of the file, above 0 up to 240; 30 by default. */
  fps?: number;
  /** Whether to start again at the end of the file, instead of ending the source; false by default. */
  loop?: boolean;
}

/** Frames a second to assume when the caller gives none. */
const DEFAULT_FPS = 30;
/**
 * How often the element's picture is checked again while it is not that of the seek, and the wait between checks, ms.
 * On a busy machine it comes up to 100 ms after `seeked`. Only a file with wrong frame durations needs all attempts.
 */
const PICTURE_ATTEMPTS = 50;
const PICTURE_WAIT_MS = 10;

/**
 * A video file (URL or Blob) as a source that gives every frame exactly once, in order. It is not live: it steps to the
 * next frame when `next` is called.
 *
 * 1. `open`, or the first `next`, loads the file into a hidden video element and finds its length. The server must
 *    answer range requests, because the element has to seek.
 * 2. Each `next` seeks to the middle of a frame, waits for its picture, and takes it. `timeMs` is the start of the
 *    frame in the file, ms from 0; when the file loops, the times continue to rise.
 * 3. `close` unloads the element; a pending `next` resolves to null.
 *
 * Failures are `FittingError` `source-unreadable`, which name the file.
 */
export class SteppedVideoSource implements FrameSource {
  readonly live = false;
  readonly #file: string | Blob;
  readonly #fps: number;
  readonly #loop: boolean;
  readonly #abort = new AbortController();
  #video: HTMLVideoElement | null = null;
  #opening: Promise<HTMLVideoElement> | null = null;
  /** Number of frames in the file: duration × frames a second, rounded. */
  #frameCount = 0;
  /** Number of frames given so far, over all loops. */
  #given = 0;

  /**
   * @param file URL of the video, or its bytes.
   * @throws RangeError for an `fps` out of range, TypeError for a `file` of another type.
   */
  constructor(file: string | URL | Blob, { fps = DEFAULT_FPS, loop = false }: SteppedVideoOptions = {}) {
    if (!(fps > 0 && fps <= 240))
      throw new RangeError(`SteppedVideoSource: fps must lie between 0 and 240, not ${fps}.`);
    if (typeof file !== 'string' && !(file instanceof URL) && !(file instanceof Blob))
      throw new TypeError(`SteppedVideoSource: give the URL of a video or a Blob, not ${String(file)}.`);
    this.#file = file instanceof URL ? file.href : file;
    this.#fps = fps;
    this.#loop = loop;
  }

  get width(): number {
    return this.#video?.videoWidth ?? 0;
  }

  get height(): number {
    return this.#video?.videoHeight ?? 0;
  }

  /** Loads the file, and resolves to this source. `next` loads it too; call this first to learn of failures early. */
  async open(): Promise<this> {
    await (this.#opening ??= this.#load());
    return this;
  }

  async next(target: Frame): Promise<Frame | null> {
    const { signal } = this.#abort;
    try {
      if (signal.aborted) return null;
      const video = await (this.#opening ??= this.#load());
      if (this.#given >= this.#frameCount && !this.#loop) return null;
      const index = this.#given++;
      const timeMs = (index * 1000) / this.#fps;
      await seek(video, ((index % this.#frameCount) + 0.5) / this.#fps, signal);
      await waitForPicture(video, signal);
      const image = await grabFrame(video);
      if (signal.aborted) {
        image.close();
        return null;
      }
      return writeFrame(target, image, timeMs);
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

  /** URL, or type and size, of the file, for error messages. */
  get #name(): string {
    return typeof this.#file === 'string'
      ? this.#file
      : `${this.#file.type || 'blob of unknown type'}, ${this.#file.size} bytes`;
  }

  /** Resolves to a video element that can show every frame of the file. */
  async #load(): Promise<HTMLVideoElement> {
    const { signal } = this.#abort;
    const video = document.createElement('video');
    this.#video = video;
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    if (typeof this.#file === 'string') {
      video.crossOrigin = 'anonymous';
      video.src = this.#file;
    } else {
      this.#attach(video, this.#file);
    }
    try {
      const pulse = new Pulse();
      video.addEventListener('progress', () => pulse.beat(), { signal });
      await pulse.watch(waitFor(video, 'loadeddata', signal));
      if (!Number.isFinite(video.duration)) {
        // A recording by MediaRecorder has no length. A seek far beyond the end makes the browser find it.
        await seek(video, 1e9, signal);
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new FittingError('source-unreadable', `The video could not be opened (${this.#name}): ${reason}.`, {
        cause,
      });
    }
    const { seekable, duration } = video;
    if (seekable.length === 0 || seekable.end(seekable.length - 1) < duration / 2) {
      throw new FittingError(
        'source-unreadable',
        `The video cannot be stepped through (${this.#name}): its server must answer range requests (Accept-Ranges: bytes).`,
      );
    }
    this.#frameCount = Math.max(1, Math.round(video.duration * this.#fps));
    return video;
  }

  /**
   * Sets a Blob as `srcObject`, which passes any content security policy; throws in browsers that do not support it. An
   * object URL would play everywhere, but violates every policy without `media-src blob:`, so it is not tried.
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

/** Resolves when the video has moved to `timeSeconds` of the file. Its picture may still be the one before. */
async function seek(video: HTMLVideoElement, timeSeconds: number, signal: AbortSignal): Promise<void> {
  const seeked = waitFor(video, 'seeked', signal);
  video.currentTime = timeSeconds;
  await seeked;
}

/** Resolves when the video shows the picture at its current time, which may be later than `seeked`. */
async function waitForPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  for (let i = 0; i < PICTURE_ATTEMPTS && !signal.aborted && !isPictureCurrent(video); i++)
    await new Promise((resolve) => setTimeout(resolve, PICTURE_WAIT_MS));
}

/** Whether the picture that the video shows is the one at its current time; true in a browser that does not tell. */
function isPictureCurrent(video: HTMLVideoElement): boolean {
  if (typeof VideoFrame === 'undefined') return true;
  const frame = new VideoFrame(video);
  const { timestamp, duration } = frame;
  frame.close();
  const timeMicroseconds = 1e6 * video.currentTime;
  return duration === null || (timestamp <= timeMicroseconds && timeMicroseconds < timestamp + duration);
}

/** Resolves at the event `name` of the element. Rejects at the element's `error`, and on abort. */
function waitFor(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
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

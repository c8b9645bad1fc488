import { FittingError } from '../errors.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { VideoSource } from './video-source.ts';

/** How a stream is closed. */
export interface StreamSourceOptions {
  /** Whether `close` stops the tracks of the stream; false by default, for a stream of the page. */
  owned?: boolean;
}

/**
 * A `MediaStream` as a live source of unmirrored frames: plays the stream in a hidden video element, whose pictures a
 * `VideoSource` takes. Until the first picture, `width` and `height` are those of the track's settings, px, or 0. When
 * the video track ends (camera unplugged, permission revoked), `next` rejects with `FittingError` `camera-lost`.
 */
export class StreamSource implements FrameSource {
  readonly live = true;
  readonly #stream: MediaStream;
  readonly #owned: boolean;
  readonly #video: HTMLVideoElement;
  readonly #frames: VideoSource;
  readonly #track: MediaStreamTrack;

  /** @throws FittingError `source-unreadable` if the stream has no video track. */
  constructor(stream: MediaStream, { owned = false }: StreamSourceOptions = {}) {
    const track = stream.getVideoTracks()[0];
    if (!track) throw new FittingError('source-unreadable', 'The MediaStream has no video track.');
    this.#stream = stream;
    this.#owned = owned;
    this.#track = track;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = stream;
    this.#video = video;
    this.#frames = new VideoSource(video);
    track.addEventListener('ended', this.#onEnded);
    if (track.readyState === 'ended') this.#onEnded();
    // `play` rejects if the source is closed before playback starts, which is no failure. A stream that fails ends its
    // track.
    video.play().catch(() => undefined);
  }

  get width(): number {
    return this.#frames.width || (this.#track.getSettings().width ?? 0);
  }

  get height(): number {
    return this.#frames.height || (this.#track.getSettings().height ?? 0);
  }

  get dropped(): number {
    return this.#frames.dropped;
  }

  next(target: Frame): Promise<Frame | null> {
    return this.#frames.next(target);
  }

  close(): void {
    this.#track.removeEventListener('ended', this.#onEnded);
    this.#frames.close();
    if (this.#owned) for (const track of this.#stream.getTracks()) track.stop();
    this.#video.pause();
    this.#video.srcObject = null;
  }

  readonly #onEnded = (): void => {
    this.#frames.fail(
      new FittingError(
        'camera-lost',
        'The camera stopped delivering pictures (unplugged, or its permission was taken back).',
      ),
    );
  };
}

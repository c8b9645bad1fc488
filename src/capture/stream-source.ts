import { FittingError } from '../errors.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { VideoSource } from './video-source.ts';

/**
 * A `MediaStream` as a live source of unmirrored frames: plays the stream in a hidden video element, whose pictures a
 * `VideoSource` takes. Until the first picture, `width` and `height` are those of the track's settings, px, or 0. When
 * the video track ends (camera unplugged, permission revoked), `next` rejects with `FittingError` `camera-lost`. `close`
 * does not stop the stream.
 */
export class StreamSource implements FrameSource {
  readonly live = true;
  readonly #video: HTMLVideoElement;
  readonly #frames: VideoSource;
  readonly #track: MediaStreamTrack;

  /** @throws FittingError `source-unreadable` if the stream has no video track. */
  constructor(stream: MediaStream) {
    const track = stream.getVideoTracks()[0];
    if (!track) throw new FittingError('source-unreadable', 'The MediaStream has no video track.');
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

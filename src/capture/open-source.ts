// Opens a value that a page gives as `source` as a sequence of frames.
//
// 1. Tell the kind of the value by its type: the word `camera`, a URL, a Blob, a stream, an element, a frame source.
// 2. Fetch a URL: the content type of the answer tells a video from a photo.
// 3. Create the frame source of that kind, and wait until it can give frames or has failed.
import { type Download, download, readBytes } from '../download.ts';
import { FittingError } from '../errors.ts';
import { type Camera, CameraSource } from './camera-source.ts';
import type { FrameSource } from './frame-source.ts';
import { PacedSource } from './paced-source.ts';
import { PhotoSource } from './photo-source.ts';
import { SteppedVideoSource } from './stepped-video-source.ts';
import { StreamSource } from './stream-source.ts';
import { VideoSource } from './video-source.ts';

/**
 * Values of the room's `source`: the word `camera`, the URL of a photo or video, a Blob of either, or a stream, element
 * or frame source of the page.
 */
export type SourceValue =
  | string
  | URL
  | Blob
  | MediaStream
  | HTMLVideoElement
  | HTMLImageElement
  | HTMLCanvasElement
  | FrameSource;

/** How to open a source. */
export interface OpenSourceOptions {
  /** The camera that the word `camera` stands for; null: this word is no source. */
  camera: Camera | null;
  /** Aborts the opening; it has no effect on an open source. */
  signal?: AbortSignal;
}

/** Ends of the paths of videos, for servers that give no content type. */
const VIDEO_EXTENSIONS = /\.(mp4|m4v|mov|webm|ogv|mkv)$/i;

/**
 * Opens `value` as a frame source; the caller closes it.
 *
 * - `camera`, a `MediaStream` or a `<video>`: the live frames. Streams and elements of the page stay open when the
 *   source is closed.
 * - URL or Blob of a video: every frame in order, at the pace of the file, in a loop.
 * - URL or Blob of a photo, `<img>` or `<canvas>`: the same picture 12 times, then the end.
 * - A `FrameSource` is returned unchanged.
 *
 * Rejects with a `FittingError` (`source-unreadable`, or a camera's code), with the abort reason, or with a `TypeError`
 * for a value of another type.
 */
export async function openSource(value: SourceValue, { camera, signal }: OpenSourceOptions): Promise<FrameSource> {
  signal?.throwIfAborted();
  if (value === 'camera' && camera) return new CameraSource(camera);
  if (typeof value === 'string' || value instanceof URL) return openUrl(String(value), signal);
  if (value instanceof Blob) return openBlob(value, signal);
  if (typeof value === 'object' && value !== null && 'next' in value) return value;
  switch (Object.prototype.toString.call(value)) {
    case '[object MediaStream]':
      return new StreamSource(value as MediaStream);
    case '[object HTMLVideoElement]':
      return VideoSource.open(value as HTMLVideoElement, signal);
    case '[object HTMLImageElement]':
    case '[object HTMLCanvasElement]':
      return PhotoSource.open(value as HTMLImageElement | HTMLCanvasElement, signal);
    default:
      throw new TypeError(
        `fitting-room: source must be 'camera', 'mannequin', a URL, a MediaStream, Blob, video, image or canvas element, or a FrameSource, not ${Object.prototype.toString.call(value)}.`,
      );
  }
}

/**
 * Opens the photo or video at `url`. The content type says which; if the server gives none, or
 * `application/octet-stream`, the extension does.
 */
async function openUrl(url: string, signal: AbortSignal | undefined): Promise<FrameSource> {
  const { response, body } = await fetchSource(url, signal);
  const type = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const unknown = type === '' || type === 'application/octet-stream';
  if (type.startsWith('video/') || (unknown && VIDEO_EXTENSIONS.test(new URL(url, document.baseURI).pathname))) {
    // The video element fetches the parts that it needs by itself.
    await body.cancel();
    return new PacedSource(await new SteppedVideoSource(url, { loop: true }).open());
  }
  if (!type.startsWith('image/') && !unknown) {
    await body.cancel();
    throw new FittingError('source-unreadable', `${describeUrl(url)} is neither a photo nor a video but ${type}.`);
  }
  return PhotoSource.open(new Blob([await readBytes(body)], { type }), signal);
}

/**
 * Returns the URL for an error message. A word without punctuation may be a misspelt name of a source, so the message
 * lists the names.
 */
function describeUrl(url: string): string {
  return /^\w+$/.test(url) ? `${url}, taken for an address (by name there are 'camera' and 'mannequin'),` : url;
}

/**
 * Fetches `url`. The download and its body reject with `source-unreadable` if there is no answer, one with an error
 * status, or no byte for 20 s; and with the abort reason.
 */
function fetchSource(url: string, signal: AbortSignal | undefined): Promise<Download> {
  const explain = (cause: unknown): FittingError => {
    const reason =
      cause instanceof TypeError
        ? 'no network, or another origin that does not allow it (CORS)'
        : cause instanceof Error
          ? cause.message
          : String(cause);
    return new FittingError('source-unreadable', `${describeUrl(url)} could not be fetched: ${reason}.`, { cause });
  };
  return download(url, { signal, explain });
}

/** Opens a Blob as a video if its type says so, otherwise as a photo. */
async function openBlob(blob: Blob, signal: AbortSignal | undefined): Promise<FrameSource> {
  if (blob.type.startsWith('video/')) return new PacedSource(await new SteppedVideoSource(blob, { loop: true }).open());
  if (blob.type && !blob.type.startsWith('image/')) {
    throw new FittingError('source-unreadable', `The file is neither a photo nor a video but ${blob.type}.`);
  }
  return PhotoSource.open(blob, signal);
}

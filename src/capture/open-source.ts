import { FittingError } from '../errors.ts';
import type { Facing } from './facing.ts';
import type { FrameSource } from './frame-source.ts';
import { openCameraSource } from './open-camera-source.ts';
import { PacedSource } from './paced-source.ts';
import { PhotoSource } from './photo-source.ts';
import { SteppedVideoSource } from './stepped-video-source.ts';
import { StreamSource } from './stream-source.ts';
import { VideoSource } from './video-source.ts';

/** What a picture can be taken from: `camera`, the URL of a photo or video, or an object of the page's. */
export type SourceValue =
  | string
  | URL
  | Blob
  | MediaStream
  | HTMLVideoElement
  | HTMLImageElement
  | HTMLCanvasElement
  | FrameSource;

export interface OpenSourceOptions {
  facing: Facing;
  signal?: AbortSignal;
}

const VIDEO_EXTENSIONS = /\.(mp4|m4v|mov|webm|ogv|mkv)$/i;

/**
 * Opens `value` as a frame source. The page's own objects stay the page's, except a `FrameSource`, which is passed on as it
 * is and closed with the session. Rejects with a `FittingError`; throws `TypeError` for a value of no such kind.
 */
export async function openSource(value: SourceValue, { facing, signal }: OpenSourceOptions): Promise<FrameSource> {
  signal?.throwIfAborted();
  if (value === 'camera') return openCameraSource({ facing, signal });
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

/** The server says what it is; only where it does not (no type, or bytes of any kind) does the name decide. */
async function openUrl(url: string, signal: AbortSignal | undefined): Promise<FrameSource> {
  const response = await fetchSource(url, signal);
  const type = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const unknown = type === '' || type === 'application/octet-stream';
  if (type.startsWith('video/') || (unknown && VIDEO_EXTENSIONS.test(new URL(url, document.baseURI).pathname))) {
    // The video element asks for the parts that it needs by itself.
    await response.body?.cancel();
    return new PacedSource(await new SteppedVideoSource(url, { loop: true }).open());
  }
  if (!type.startsWith('image/') && !unknown) {
    await response.body?.cancel();
    throw new FittingError('source-unreadable', `${named(url)} is neither a photo nor a video but ${type}.`);
  }
  return PhotoSource.open(await response.blob(), signal);
}

/** A word without any punctuation may be a source's name, misspelt. */
function named(url: string): string {
  return /^\w+$/.test(url) ? `${url}, taken for an address (by name there are 'camera' and 'mannequin'),` : url;
}

async function fetchSource(url: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new FittingError(
      'source-unreadable',
      `${url} could not be fetched: no network, or another origin that does not allow it (CORS).`,
      { cause },
    );
  }
  if (!response.ok)
    throw new FittingError('source-unreadable', `${named(url)} could not be fetched: status ${response.status}.`);
  return response;
}

async function openBlob(blob: Blob, signal: AbortSignal | undefined): Promise<FrameSource> {
  if (blob.type.startsWith('video/')) return new PacedSource(await new SteppedVideoSource(blob, { loop: true }).open());
  if (blob.type && !blob.type.startsWith('image/')) {
    throw new FittingError('source-unreadable', `The file is neither a photo nor a video but ${blob.type}.`);
  }
  return PhotoSource.open(blob, signal);
}

import { FittingError } from '../errors.ts';
import type { Facing } from './facing.ts';
import type { FrameSource } from './frame-source.ts';
import { openCameraSource } from './open-camera-source.ts';
import { PacedSource } from './paced-source.ts';
import { PhotoSource } from './photo-source.ts';
import { SteppedVideoSource } from './stepped-video-source.ts';
import { StreamSource } from './stream-source.ts';
import { VideoSource } from './video-source.ts';

/** Values of the room's `source`: `camera`, the URL of a photo or video, or an object that the page owns. */
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
 * Opens `value` as a frame source. Elements and streams stay open when the source is closed. A `FrameSource` is
 * returned as it is, and closed with the session. Rejects with a `FittingError`, or with a `TypeError` for a value of
 * another type.
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

/**
 * Opens a photo or a video. The content type decides; if the server gives none, or only says "bytes", the extension
 * does.
 */
async function openUrl(url: string, signal: AbortSignal | undefined): Promise<FrameSource> {
  const response = await fetchSource(url, signal);
  const type = (response.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  const unknown = type === '' || type === 'application/octet-stream';
  if (type.startsWith('video/') || (unknown && VIDEO_EXTENSIONS.test(new URL(url, document.baseURI).pathname))) {
    // The video element fetches the parts that it needs by itself.
    await response.body?.cancel();
    return new PacedSource(await new SteppedVideoSource(url, { loop: true }).open());
  }
  if (!type.startsWith('image/') && !unknown) {
    await response.body?.cancel();
    throw new FittingError('source-unreadable', `${describeUrl(url)} is neither a photo nor a video but ${type}.`);
  }
  return PhotoSource.open(await response.blob(), signal);
}

/**
 * The URL for an error message. A word without punctuation may be a misspelt name of a source, so the names are listed.
 */
function describeUrl(url: string): string {
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
    throw new FittingError('source-unreadable', `${describeUrl(url)} could not be fetched: status ${response.status}.`);
  return response;
}

async function openBlob(blob: Blob, signal: AbortSignal | undefined): Promise<FrameSource> {
  if (blob.type.startsWith('video/')) return new PacedSource(await new SteppedVideoSource(blob, { loop: true }).open());
  if (blob.type && !blob.type.startsWith('image/')) {
    throw new FittingError('source-unreadable', `The file is neither a photo nor a video but ${blob.type}.`);
  }
  return PhotoSource.open(blob, signal);
}

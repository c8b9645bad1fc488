import { FittingError } from '../errors.ts';
import { assertReadable } from './assert-readable.ts';
import type { Frame, FrameSource } from './frame-source.ts';

/** Longer side at most, pixels: more shows no more of a garment, and a phone's 48-megapixel photo would not fit a texture. */
const MAX_SIDE = 1920;
/** Times the picture is handed out, so that the filters of track and body settle on it. */
const REPEATS = 12;
/** Between them, milliseconds: 30 fps, as the filters expect. */
const STEP_MS = 1000 / 30;

/** Where a photo comes from. */
export type PhotoValue = Blob | HTMLImageElement | HTMLCanvasElement;

/** A still picture: handed out a dozen times, then the source ends and the session keeps showing it. */
export class PhotoSource implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  #picture: ImageBitmap | null;
  #count = 0;

  /** Decodes upright (EXIF) and scales down to 1920 pixels. Rejects with `FittingError` `source-unreadable`. */
  static async open(value: PhotoValue, signal?: AbortSignal): Promise<PhotoSource> {
    const picture = await decode(value);
    if (signal?.aborted) {
      picture.close();
      signal.throwIfAborted();
    }
    return new PhotoSource(picture);
  }

  private constructor(picture: ImageBitmap) {
    this.#picture = picture;
    this.width = picture.width;
    this.height = picture.height;
  }

  async next(target: Frame): Promise<Frame | null> {
    if (!this.#picture || this.#count >= REPEATS) return null;
    const timeMs = this.#count++ * STEP_MS;
    target.image = await createImageBitmap(this.#picture);
    target.width = this.width;
    target.height = this.height;
    target.timeMs = timeMs;
    return target;
  }

  close(): void {
    this.#picture?.close();
    this.#picture = null;
  }
}

async function decode(value: PhotoValue): Promise<ImageBitmap> {
  try {
    if ('decode' in value) {
      await value.decode();
      assertReadable(value);
    } else if ('getContext' in value) {
      assertReadable(value);
    }
    const picture = await createImageBitmap(value, { imageOrientation: 'from-image' });
    const scale = MAX_SIDE / Math.max(picture.width, picture.height);
    if (scale >= 1) return picture;
    const smaller = await createImageBitmap(picture, {
      resizeWidth: Math.round(picture.width * scale),
      resizeHeight: Math.round(picture.height * scale),
      resizeQuality: 'high',
    });
    picture.close();
    return smaller;
  } catch (cause) {
    if (cause instanceof FittingError) throw cause;
    const what =
      'size' in value ? `${value.type || 'file of unknown type'}, ${value.size} bytes` : value.nodeName.toLowerCase();
    throw new FittingError('source-unreadable', `The photo could not be decoded (${what}).`, { cause });
  }
}

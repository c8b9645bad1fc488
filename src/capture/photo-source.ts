import { FittingError } from '../errors.ts';
import { assertReadable } from './assert-readable.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { writeFrame } from './write-frame.ts';

/**
 * Limit of the longer side, pixels: a garment gains no detail beyond, and a photo of 48 megapixels would not fit a
 * texture.
 */
const MAX_SIDE = 1920;
/** Number of frames of one photo, so that the filters of tracking and body solve settle. */
const FRAMES = 12;
/** Interval of these frames, milliseconds: 30 fps, as the filters expect. */
const STEP_MS = 1000 / 30;

/** What a photo can be read from. */
export type PhotoValue = Blob | HTMLImageElement | HTMLCanvasElement;

/** A photo as a source: gives the same picture `FRAMES` times and ends; the session then keeps showing it. */
export class PhotoSource implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  #picture: ImageBitmap | null;
  #given = 0;

  /**
   * Decodes a photo upright (by its EXIF data) and scales it down to `MAX_SIDE`. Rejects with `FittingError`
   * `source-unreadable`.
   */
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
    if (!this.#picture || this.#given >= FRAMES) return null;
    const timeMs = this.#given++ * STEP_MS;
    return writeFrame(target, await createImageBitmap(this.#picture), timeMs);
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

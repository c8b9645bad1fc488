import { FittingError } from '../errors.ts';
import { assertReadable } from './assert-readable.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { writeFrame } from './write-frame.ts';

/**
 * Limit of the longer side, px: a garment gains no detail in a larger picture, and a photo of 48 megapixels does not
 * fit a texture.
 */
const MAX_SIDE = 1920;
/** Number of times that the photo is given as a frame, so that the filters of tracking and body solve settle. */
const FRAMES = 12;
/** Difference between the times of these frames, ms: 30 fps, as the filters expect. */
const STEP_MS = 1000 / 30;

/** Values from which a photo can be read: an encoded file, or an element with pixels. */
export type PhotoValue = Blob | HTMLImageElement | HTMLCanvasElement;

/**
 * A photo as a frame source: gives the same picture 12 times, with times 0, 33.3, 66.7 … ms, and then ends; the session
 * keeps showing it. Each frame holds a copy of the picture. Create it by `PhotoSource.open`.
 */
export class PhotoSource implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  #picture: ImageBitmap | null;
  #given = 0;

  /**
   * Decodes a photo, turns it upright by its EXIF data, and scales it down to a longer side of at most 1920 px. An
   * element is read once and not changed. Rejects with `FittingError` `source-unreadable`, or with the abort reason.
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

/** Resolves to the upright picture, at most `MAX_SIDE` px; the caller closes it. */
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

import type { FrameImage } from '../capture/frame-source.ts';
import type { Region } from './region.ts';

/** The square RGB picture that a network reads, in its value range. */
export interface CropTarget {
  /** Side, pixels. */
  readonly size: number;
  /** size² × 3 (red, green, blue), rows from top to bottom. */
  readonly values: Float32Array;
  /** `value = byte * scale + offset`. */
  readonly scale: number;
  readonly offset: number;
  /**
   * Fill of the parts outside the frame: black, or the frame's edge pixels repeated. The detector expects black, the
   * landmark model the edge: with black, the depth of its landmarks differs from MediaPipe's when the region is wider
   * than the picture.
   */
  readonly border: 'black' | 'edge';
}

/** Samples rotated squares of frames for the networks. */
export interface Cropper {
  /**
   * Writes `region` (frame pixels) of `image`, a frame of `width` × `height` pixels, into `target`. Resolves to false
   * when this cropper cannot read the image, or lost its context.
   */
  crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean>;
}

import type { FrameImage } from '../capture/frame-source.ts';
import type { Region } from './region.ts';

/** A square RGB picture that a cropper writes and a network reads, in the network's range of values. */
export interface CropTarget {
  /** Pixels per side. */
  readonly size: number;
  /** size² × 3 values: rows from the top, pixels from the left, red, green, blue. */
  readonly values: Float32Array;
  /** Network value = byte × scale + offset, for colour bytes 0..255: 1/255 and 0 give 0..1, 2/255 and −1 give −1..1. */
  readonly scale: number;
  readonly offset: number;
  /**
   * Fill of the parts outside the frame: black, or the frame's edge pixels repeated. The detector expects black, the
   * landmark model the edge: with black, the depth of its landmarks differs from MediaPipe's when the region is wider
   * than the picture.
   */
  readonly border: 'black' | 'edge';
}

/** Cuts rotated squares out of frames, and scales them to the size and range of values of a network's input. */
export interface Cropper {
  /**
   * Writes a crop of a frame into `target.values`, sampled bilinearly. Resolves to false, with no valid crop, if this
   * cropper cannot read the image or has lost its graphics context.
   *
   * @param image upright picture of the whole frame.
   * @param width width of the frame, px, as `height`.
   * @param region rotated square to cut out, frame pixels; it may extend beyond the frame (`target.border`).
   * @param target receives the crop; it also holds the size, the range of values and the fill outside the frame.
   */
  crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean>;
}

import type { FrameImage } from '../capture/frame-source.ts';
import type { Region } from './region.ts';

/** A square RGB picture in the value range of a network. */
export interface CropTarget {
  /** Side, pixels. */
  readonly size: number;
  /** size² × 3. */
  readonly values: Float32Array;
  /** `value = byte * scale + offset`. */
  readonly scale: number;
  readonly offset: number;
  /**
   * What lies outside the frame: black, or the frame's own edge drawn out. The detector wants the former, the landmark
   * model the latter: with black, the depth of its landmarks strays from MediaPipe's where a standing person's region is wider
   * than the picture.
   */
  readonly border: 'black' | 'edge';
}

/** Cuts turned squares out of frames. */
export interface Cropper {
  /** Writes `region` of `image`, which is `width` × `height` pixels, into `target`. False: it cannot, now or with this image. */
  crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean>;
}

import type { Thumbnail } from '../parsing/thumbnail.ts';
import type { CropTarget } from './cropper.ts';
import { MAX_MASK_SIDE, maskSize } from './mask-size.ts';
import type { Region } from './region.ts';

/** Byte value of white in each channel. */
export const WHITE = 255;

/** The crop of a whole frame at the size of its mask: bytes as they are, and the frame's edge repeated outwards. */
export const THUMBNAIL_CROP: Omit<CropTarget, 'values'> = { size: MAX_MASK_SIDE, scale: 1, offset: 0, border: 'edge' };

/**
 * Computes where the thumbnail of a frame of `frameWidth` × `frameHeight` px lies in a square crop (`THUMBNAIL_CROP`)
 * around the frame's middle. `region`: the part of the frame to crop, frame pixels; one crop pixel is one pixel of the
 * frame's mask. `thumbnail`: how to read the mask's pixels from the crop.
 */
export function placeThumbnail(
  frameWidth: number,
  frameHeight: number,
): { region: Region; thumbnail: Omit<Thumbnail, 'values'> } {
  const { width, height } = maskSize(frameWidth, frameHeight);
  const scale = Math.max(frameWidth, frameHeight) / Math.max(width, height);
  const left = Math.floor((MAX_MASK_SIDE - width) / 2);
  const top = Math.floor((MAX_MASK_SIDE - height) / 2);
  return {
    region: { x: frameWidth / 2, y: frameHeight / 2, size: scale * MAX_MASK_SIDE, rotation: 0 },
    thumbnail: { first: 3 * (top * MAX_MASK_SIDE + left), pixelStep: 3, rowStep: 3 * MAX_MASK_SIDE },
  };
}

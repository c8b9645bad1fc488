import type { Frame, FrameImage } from './frame-source.ts';

/**
 * Writes `image`, its size as it is shown (px) and its time (ms on the source's clock) into `target`, and returns
 * `target`. An image that `target` held before is not closed.
 */
export function writeFrame(target: Frame, image: FrameImage, timeMs: number): Frame {
  target.image = image;
  target.width = 'displayWidth' in image ? image.displayWidth : image.width;
  target.height = 'displayHeight' in image ? image.displayHeight : image.height;
  target.timeMs = timeMs;
  return target;
}

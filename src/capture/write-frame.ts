import type { Frame, FrameImage } from './frame-source.ts';

/** Writes `image`, its size in pixels as it is shown, and its time into `target`; returns `target`. */
export function writeFrame(target: Frame, image: FrameImage, timeMs: number): Frame {
  target.image = image;
  target.width = 'displayWidth' in image ? image.displayWidth : image.width;
  target.height = 'displayHeight' in image ? image.displayHeight : image.height;
  target.timeMs = timeMs;
  return target;
}

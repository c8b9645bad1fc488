import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';

/** The next frame of a source that may be a page's own: whatever is wrong with it is `source-unreadable`, naming the fault. */
export async function askSource(source: FrameSource, target: Frame): Promise<Frame | null> {
  let frame: Frame | null;
  try {
    frame = await source.next(target);
  } catch (cause) {
    if (cause instanceof FittingError) throw cause;
    throw new FittingError(
      'source-unreadable',
      `The source failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  if (!frame) return null;
  const fault = faultOf(target);
  if (fault) throw new FittingError('source-unreadable', `The source gave a frame ${fault}.`);
  return target;
}

function faultOf(target: Frame): string | null {
  const { image, width, height, timeMs } = target;
  if (!image) return 'without an image (next() writes it into the target that it is given)';
  if (typeof (image as Partial<ImageBitmap>).close !== 'function') {
    // Nobody is to close what cannot be closed.
    target.image = null;
    return 'whose image is neither an ImageBitmap nor a VideoFrame';
  }
  if (isClosed(image)) return 'whose image is closed already';
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) return `of ${width} × ${height} pixels`;
  return Number.isFinite(timeMs) ? null : `at ${timeMs} ms`;
}

/** A closed bitmap is 0 wide, a closed video frame has no size either. */
function isClosed(image: ImageBitmap | VideoFrame): boolean {
  return ('codedWidth' in image ? image.codedWidth : image.width) === 0;
}

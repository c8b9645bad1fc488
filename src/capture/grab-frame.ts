import type { FrameImage } from './frame-source.ts';

/**
 * Takes the current picture of a video element. If a `VideoFrame` of it shows what the element shows, the result is
 * that frame, which copies nothing and keeps the camera's own bytes. Otherwise it is a copy: browsers do not agree on
 * rotated, flipped and stretched frames. Throws what the browser throws, `InvalidStateError` while the video has no
 * picture.
 */
export async function grabFrame(video: HTMLVideoElement): Promise<FrameImage> {
  if (typeof VideoFrame !== 'undefined') {
    const frame = new VideoFrame(video);
    if (isPlain(frame, video.videoWidth, video.videoHeight)) return frame;
    frame.close();
  }
  return createImageBitmap(video);
}

/** Older browsers have no `rotation` and `flip`. */
type RotatedFrame = VideoFrame & { rotation?: number; flip?: boolean };

/** Whether a frame is neither rotated, flipped, cropped nor stretched, and has the size of the element's picture. */
function isPlain(frame: RotatedFrame, width: number, height: number): boolean {
  return (
    !frame.rotation &&
    !frame.flip &&
    frame.displayWidth === width &&
    frame.displayHeight === height &&
    frame.visibleRect?.width === width &&
    frame.visibleRect.height === height
  );
}

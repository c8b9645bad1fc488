import type { FrameImage } from './frame-source.ts';

/**
 * Takes the current picture of a video element, upright and unmirrored, in the element's intrinsic size. Resolves to a
 * `VideoFrame` if it shows what the element shows: it copies nothing and keeps the camera's own bytes. Otherwise
 * resolves to an `ImageBitmap`, because browsers do not agree on rotated, flipped and stretched frames. The caller
 * closes the result. Rejects with what the browser throws: `InvalidStateError` while the video has no picture.
 */
export async function grabFrame(video: HTMLVideoElement): Promise<FrameImage> {
  if (typeof VideoFrame !== 'undefined') {
    const frame = new VideoFrame(video);
    if (isPlain(frame, video.videoWidth, video.videoHeight)) return frame;
    frame.close();
  }
  return createImageBitmap(video);
}

/** A video frame whose rotation (degrees) and mirroring are absent in older browsers. */
type RotatedFrame = VideoFrame & { rotation?: number; flip?: boolean };

/**
 * Whether a frame is neither rotated, flipped, cropped nor stretched, and is `width` × `height` px as the element is.
 */
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

import type { FrameImage } from './frame-source.ts';

/**
 * The present picture of a video: a `VideoFrame`, which copies nothing and keeps the camera's own bytes, wherever it shows
 * just what the element shows; else a copy. Browsers do not agree on turned, flipped and stretched frames: those are copied.
 * Throws what the browser throws: `InvalidStateError` when the video has no picture at this moment.
 */
export async function grabFrame(video: HTMLVideoElement): Promise<FrameImage> {
  if (typeof VideoFrame !== 'undefined') {
    const frame = new VideoFrame(video);
    if (isPlain(frame, video.videoWidth, video.videoHeight)) return frame;
    frame.close();
  }
  return createImageBitmap(video);
}

/** `rotation` and `flip` are newer than `VideoFrame` itself. */
type TurnedFrame = VideoFrame & { rotation?: number; flip?: boolean };

function isPlain(frame: TurnedFrame, width: number, height: number): boolean {
  return (
    !frame.rotation &&
    !frame.flip &&
    frame.displayWidth === width &&
    frame.displayHeight === height &&
    frame.visibleRect?.width === width &&
    frame.visibleRect.height === height
  );
}

// Frames of a film or photo that are kept in main memory, so that each of several trackers gets the same pixels.
import type { Frame, FrameSource } from '../../../src/index.ts';
import { i420ColorSpace, toI420 } from './to-i420.ts';

/** The objects that a stored frame can be copied to. */
export const frameKinds = ['videoframe', 'bitmap'] as const;
/** One of `frameKinds`. */
export type FrameKind = (typeof frameKinds)[number];

/** A decoded frame in main memory, which can be copied any number of times. */
export interface StoredFrame {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Time on the source's clock, milliseconds. */
  readonly timeMs: number;
  /**
   * Copies the frame. The caller closes the copy. Both kinds are in main memory: a `VideoFrame` in I420, as cameras and
   * videos give it without a GPU, or an `ImageBitmap` in RGBA. Rejected: `createImageBitmap(video)`, which is in the
   * GPU process. With a software GPU, reading it back costs more than the pose network.
   */
  take(kind: 'videoframe'): Promise<VideoFrame>;
  take(kind: 'bitmap'): Promise<ImageBitmap>;
  take(kind: FrameKind): Promise<VideoFrame | ImageBitmap>;
}

/** Converts an image of `width` × `height` pixels to I420 (luma, and colour at half the size) and stores it. */
function store(image: CanvasImageSource, width: number, height: number, timeMs: number): StoredFrame {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to store frames with');
  context.drawImage(image, 0, 0, width, height);
  const planes = toI420(context.getImageData(0, 0, width, height).data, width, height);
  const frame = new VideoFrame(planes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: timeMs * 1000,
    colorSpace: i420ColorSpace,
  });
  // Drawn back, so that both kinds have the same pixels, those after the conversion to I420.
  context.drawImage(frame, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const take = async (kind: FrameKind): Promise<VideoFrame | ImageBitmap> =>
    kind === 'videoframe' ? frame.clone() : createImageBitmap(pixels);
  return { width, height, timeMs, take: take as StoredFrame['take'] };
}

/** Stores up to `limit` frames of `source` in main memory, closes the source and returns the frames in order. */
export async function storeFrames(source: FrameSource, limit: number): Promise<StoredFrame[]> {
  const frames: StoredFrame[] = [];
  const target: Frame = { image: null, width: 0, height: 0, timeMs: 0 };
  while (frames.length < limit) {
    const frame = await source.next(target);
    if (!frame?.image) break;
    frames.push(store(frame.image, frame.width, frame.height, frame.timeMs));
    frame.image.close();
  }
  source.close();
  return frames;
}

import type { Frame, FrameSource } from '../../../src/index.ts';
import { i420ColorSpace, toI420 } from './to-i420.ts';

/** The objects that frames are handed out as. */
export const frameKinds = ['videoframe', 'bitmap'] as const;
export type FrameKind = (typeof frameKinds)[number];

/** One decoded frame, to be handed out any number of times. */
export interface StoredFrame {
  readonly width: number;
  readonly height: number;
  /** On the source's own clock. */
  readonly timeMs: number;
  /**
   * A copy of its own, to be closed by who takes it. Both kinds lie in main memory: a `VideoFrame` in I420, as camera and
   * video give them where nothing decodes on a GPU, or an `ImageBitmap` in RGBA. What `createImageBitmap(video)` gives lies
   * with the GPU process instead, and where that is an imitation, reading it back costs more than the pose network.
   */
  take(kind: 'videoframe'): Promise<VideoFrame>;
  take(kind: 'bitmap'): Promise<ImageBitmap>;
  take(kind: FrameKind): Promise<VideoFrame | ImageBitmap>;
}

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
  // The same pixels in both kinds: those that are left after the way through I420.
  context.drawImage(frame, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const take = async (kind: FrameKind): Promise<VideoFrame | ImageBitmap> =>
    kind === 'videoframe' ? frame.clone() : createImageBitmap(pixels);
  return { width, height, timeMs, take: take as StoredFrame['take'] };
}

/** Takes up to `limit` frames from `source` into main memory and closes it. */
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

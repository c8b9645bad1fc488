import { createFrame, type Frame, type FrameSource } from '../../src/capture/frame-source.ts';
import type { MannequinSource, MannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { createMannequinTruth } from '../../src/synthetic/mannequin-source.ts';

/**
 * A source that gives a few pictures of the mannequin (the project's synthetic person), over and over, and knows the
 * truth behind each.
 */
export interface PictureSource extends FrameSource {
  /** Allows the source to give `count` more frames. */
  allow(count: number): void;
  /** The exact joints, landmarks and mask behind the picture of the frame with this time, milliseconds. */
  truthAt(timeMs: number): MannequinTruth;
}

/** Time between two frames on the source's clock, milliseconds. */
const STEP_MS = 33;
/**
 * Pause before each frame that needs no call of `allow`, milliseconds: a page that always tracks takes the core of
 * other tests, and answers late.
 */
const PAUSE_MS = 150;

/**
 * Draws `count` pictures with `mannequin`, closes it, and returns a source of these pictures. They lie in main memory,
 * as a camera's do, so that they survive the loss of the GPU.
 *
 * @param allowed Number of frames that the source may give; `next` waits when there are no more. The page of an engine
 *   that takes seconds for a frame answers a test only while the source waits.
 */
export async function takePictures(
  mannequin: MannequinSource,
  count: number,
  allowed = Infinity,
): Promise<PictureSource> {
  const { width, height } = mannequin;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to take pictures with');
  const pictures: { data: ImageData; truth: MannequinTruth }[] = [];
  for (let i = 0; i < count; i++) {
    const frame = await mannequin.next(createFrame());
    if (!frame?.image) throw new Error('no picture');
    context.drawImage(frame.image, 0, 0);
    frame.image.close();
    const truth = mannequin.truth(frame.timeMs, createMannequinTruth());
    pictures.push({ data: context.getImageData(0, 0, width, height), truth });
  }
  mannequin.close();

  let given = 0;
  let isOpen = true;
  let wake = (): void => {};
  const pictureOf = (frame: number) => pictures[frame % count];
  return {
    width,
    height,
    live: false,
    async next(target: Frame) {
      while (isOpen && given >= allowed) await new Promise<void>((resolve) => (wake = resolve));
      if (allowed === Infinity) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (!isOpen) return null;
      const image = await createImageBitmap(pictureOf(given).data);
      return Object.assign(target, { image, width, height, timeMs: STEP_MS * given++ });
    },
    allow(more) {
      allowed += more;
      wake();
    },
    truthAt: (timeMs) => pictureOf(Math.round(timeMs / STEP_MS)).truth,
    close() {
      isOpen = false;
      wake();
    },
  };
}

import type { Frame, FrameSource } from '../../src/capture/frame-source.ts';
import type { MannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import type { Picture } from './take-pictures.ts';

/**
 * A source that gives a few pictures of the mannequin (the project's synthetic person), over and over, and knows the
 * truth behind each.
 */
export interface PictureSource extends FrameSource {
  /** Allows the source to give `count` more frames. */
  allow(count: number): void;
  /** The exact landmarks and mask behind the picture of the frame with this time, milliseconds. */
  truthAt(timeMs: number): Pick<MannequinTruth, 'landmarks' | 'personMask'>;
}

/** Decodes base64. */
function bytesOf(base64: string): Uint8ClampedArray<ArrayBuffer> {
  return Uint8ClampedArray.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Time between two frames on the source's clock, milliseconds. */
const STEP_MS = 33;
/**
 * Pause before each frame that needs no call of `allow`, milliseconds: a page that always tracks takes the core of
 * other tests, and answers late.
 */
const PAUSE_MS = 150;

/**
 * Returns a source of `pictures`, which have one size. They lie in main memory, as a camera's do, so that they survive
 * the loss of the GPU.
 *
 * @param allowed Number of frames that the source may give; `next` waits when there are no more. The page of an engine
 *   that takes seconds for a frame answers a test only while the source waits.
 */
export function playPictures(pictures: readonly Picture[], allowed = Infinity): PictureSource {
  const { width, height } = pictures[0];
  const images = pictures.map(({ rgba }) => new ImageData(bytesOf(rgba), width, height));
  const truths = pictures.map(({ landmarks, personMask }) => ({
    landmarks: Float32Array.from(landmarks),
    personMask: { ...personMask, data: bytesOf(personMask.data) },
  }));
  let given = 0;
  let isOpen = true;
  let wake = (): void => {};
  return {
    width,
    height,
    live: false,
    async next(target: Frame) {
      while (isOpen && given >= allowed) await new Promise<void>((resolve) => (wake = resolve));
      if (allowed === Infinity) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (!isOpen) return null;
      const image = await createImageBitmap(images[given % images.length]);
      return Object.assign(target, { image, width, height, timeMs: STEP_MS * given++ });
    },
    allow(more) {
      allowed += more;
      wake();
    },
    truthAt: (timeMs) => truths[Math.round(timeMs / STEP_MS) % truths.length],
    close() {
      isOpen = false;
      wake();
    },
  };
}

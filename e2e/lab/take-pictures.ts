import { createFrame } from '../../src/capture/frame-source.ts';
import type { MannequinSource } from '../../src/synthetic/mannequin-source.ts';
import { createMannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { toBase64 } from './to-base64.ts';

/** A picture of the mannequin with the truth behind it, as JSON: a test hands it from one page to another. */
export interface Picture {
  /** Size, pixels. */
  width: number;
  height: number;
  /** 4 × width × height bytes, rows from the top, in base64. */
  rgba: string;
  /** 33 × (x, y, visibility), as in `MannequinTruth`. */
  landmarks: number[];
  /** `MannequinTruth.personMask`, its bytes in base64. */
  personMask: { width: number; height: number; data: string };
}

/** Draws `count` pictures with `mannequin`, and closes it. */
export async function takePictures(mannequin: MannequinSource, count: number): Promise<Picture[]> {
  const { width, height } = mannequin;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to take pictures with');
  const pictures: Picture[] = [];
  for (let i = 0; i < count; i++) {
    const frame = await mannequin.next(createFrame());
    if (!frame?.image) throw new Error('no picture');
    context.drawImage(frame.image, 0, 0);
    frame.image.close();
    const { landmarks, personMask } = mannequin.truth(frame.timeMs, createMannequinTruth());
    if (!personMask) throw new Error('no mask of the person');
    pictures.push({
      width,
      height,
      rgba: await toBase64(new Blob([context.getImageData(0, 0, width, height).data])),
      landmarks: Array.from(landmarks),
      personMask: { ...personMask, data: await toBase64(new Blob([Uint8Array.from(personMask.data)])) },
    });
  }
  mannequin.close();
  return pictures;
}

import { createFrame } from '../../src/capture/frame-source.ts';
import { createMannequinTruth, MannequinSource, type MannequinTruth } from '../../src/synthetic/mannequin-source.ts';

/** Size of the photo, pixels: software draws each of them. */
export const PHOTO_SIZE = { width: 240, height: 320 };

/** Returns a picture of the synthetic person, who stands still, as a PNG file, and the truth behind it. */
export async function photographMannequin(): Promise<{ photo: Blob; truth: Required<MannequinTruth> }> {
  const source = new MannequinSource({ assets: '/assets/', camera: PHOTO_SIZE, motion: 'stand' });
  const frame = await source.next(createFrame());
  const canvas = Object.assign(document.createElement('canvas'), PHOTO_SIZE);
  if (frame?.image) canvas.getContext('2d')?.drawImage(frame.image, 0, 0);
  frame?.image?.close();
  const truth = source.truth(0, createMannequinTruth());
  source.close();
  const photo = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))));
  });
  return { photo, truth };
}

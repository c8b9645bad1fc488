// Pictures of the mannequin (the project's synthetic person) with a covered face, and scores: is a person found whose
// face the detector cannot see?

import { MannequinSource } from '../../src/index.ts';
import { createMannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { createTrackedFrame } from '../../src/tracking/create-tracked-frame.ts';
import type { Tracker } from '../../src/tracking/tracker.ts';
import { coverFace, type PicturePoint } from './cover-face.ts';

/** Stills of the mannequin: motion, time in it (milliseconds), and how much of the body is in the picture. */
export const hiddenStills = [
  ['stand', 0, 'whole'],
  ['sway', 700, 'whole'],
  ['arms', 1500, 'whole'],
  ['arms', 2500, 'knees-up'],
  ['arms-crossed', 2500, 'whole'],
  ['arms-crossed', 3000, 'knees-up'],
  ['turn', 1000, 'whole'],
  ['turn', 4000, 'whole'],
  ['sway', 300, 'knees-up'],
  ['stand', 0, 'waist-up'],
] as const;

/**
 * Tracks a picture as the first and only frame of a source, with a loaded tracker. Returns the score: the probability,
 * 0..1, of a person in the picture, or 0 when no person was found.
 */
export async function trackPicture(tracker: Tracker, picture: OffscreenCanvas): Promise<number> {
  const { width, height } = picture;
  const target = createTrackedFrame();
  tracker.reset();
  const frame = { image: await createImageBitmap(picture), width, height, timeMs: 0 };
  await tracker.track(frame, target);
  frame.image.close();
  return target.score;
}

/** Draws each of `hiddenStills` with a dark rectangle over the face. The caller tracks or shows the pictures. */
export async function coverStills(): Promise<OffscreenCanvas[]> {
  const pictures: OffscreenCanvas[] = [];
  for (const [motion, timeMs, view] of hiddenStills) {
    const source = new MannequinSource({ assets: '/assets/', motion, view, fps: 1000, seed: pictures.length });
    await source.ready();
    source.seek(timeMs);
    const frame = await source.next({ image: null, width: 0, height: 0, timeMs: 0 });
    if (!frame?.image) throw new Error('the mannequin gave no frame');
    const { landmarks } = source.truth(frame.timeMs, { ...createMannequinTruth(), personMask: null });
    const points = Array.from(
      { length: 33 },
      (_, i): PicturePoint => ({ x: landmarks[3 * i], y: landmarks[3 * i + 1] }),
    );
    const picture = new OffscreenCanvas(frame.width, frame.height);
    const context = picture.getContext('2d');
    if (!context) throw new Error('no 2D canvas to cover faces on');
    context.drawImage(frame.image, 0, 0);
    coverFace(context, points, frame.width, frame.height);
    frame.image.close();
    source.close();
    pictures.push(picture);
  }
  return pictures;
}

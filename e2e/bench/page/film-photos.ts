import { createFrame } from '../../../src/capture/frame-source.ts';
import { PhotoSource } from '../../../src/capture/photo-source.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { Clip } from '../clip.ts';
import type { PairFilm } from '../pair-film.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';

/** Counts the frames of a photo as a source. */
async function countFrames(file: Blob): Promise<number> {
  const source = await PhotoSource.open(file);
  const target = createFrame();
  let count = 0;
  for (; await source.next(target); count++) target.image?.close();
  source.close();
  return count;
}

/**
 * Gives each frame with a mask of a filmed pair alone to the tracker, as a room plays a photo: the same picture some
 * times. Resolves to one clip of all photos, one after the other, with the picture of each photo's last frame. Its
 * joints are not known.
 */
export async function filmPhotos(tracker: Tracker, film: PairFilm): Promise<Clip> {
  const { frames } = film.value;
  const photos = frames.map(
    (frame) => new Blob([film.arrays[`picture-${frame}`] as Uint8Array<ArrayBuffer>], { type: 'image/png' }),
  );
  const count = await countFrames(photos[0]);
  const lasts = frames.map((_, photo) => (photo + 1) * count - 1);
  const recorder = new ClipRecorder(count * photos.length, lasts);
  for (const photo of photos) await filmFrames(await PhotoSource.open(photo), tracker, recorder, () => []);
  return recorder.toClip(tracker, null);
}

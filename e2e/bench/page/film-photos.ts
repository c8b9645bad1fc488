import { createFrame } from '../../../src/capture/frame-source.ts';
import { PhotoSource } from '../../../src/capture/photo-source.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { Clip } from '../clip.ts';
import type { PairFilm } from '../pair-film.ts';
import { ClipRecorder } from './clip-recorder.ts';
import { filmFrames } from './film-frames.ts';

/** Returns how often a `PhotoSource` gives its picture as a frame. It is the same number for every photo. */
async function countFrames(photo: Blob): Promise<number> {
  const source = await PhotoSource.open(photo);
  const target = createFrame();
  let count = 0;
  for (; await source.next(target); count++) target.image?.close();
  source.close();
  return count;
}

/**
 * Tracks single frames of a film as photos. From a photo the tracker and the body solve know one picture only, while in
 * a film they learn from the frames before. So the benchmark judges photos separately (`judgePhotos`).
 *
 * 1. For each frame number F in `film.value.frames` (the frames with true masks), take the PNG file
 *    `film.arrays['picture-F']`: the picture of the person in their own clothes.
 * 2. Play it as a room plays a photo: reset the tracker, and give it the same picture N times (`PhotoSource`).
 * 3. Record all tracked frames as one clip: photo number p has the clip's frames N · p to N · p + N − 1.
 *
 * The clip keeps the picture of each photo's last frame only, which is the frame to judge. Its true joints are all 0,
 * and its `stature` is null: the room is not told the person's height.
 *
 * @param tracker Loaded. It stays open.
 * @param film A person filmed in the same motion twice: in their own clothes, and in a garment.
 */
export async function filmPhotos(tracker: Tracker, film: PairFilm): Promise<Clip> {
  const { frames } = film.value;
  const photos = frames.map(
    (frame) => new Blob([film.arrays[`picture-${frame}`] as Uint8Array<ArrayBuffer>], { type: 'image/png' }),
  );
  const framesPerPhoto = await countFrames(photos[0]);
  const lastFrames = frames.map((_, photo) => (photo + 1) * framesPerPhoto - 1);
  const recorder = new ClipRecorder(framesPerPhoto * photos.length, lastFrames);
  // `filmFrames` resets the tracker first, and closes the source at the end. The empty list: no true joints.
  for (const photo of photos) await filmFrames(await PhotoSource.open(photo), tracker, recorder, () => []);
  // Null: the stature.
  return recorder.toClip(tracker, null);
}

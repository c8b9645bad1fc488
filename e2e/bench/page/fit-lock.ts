import type { FittingRoom, Frame, FrameSource, Tracker } from '../../../src/index.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { statureOf } from './fit-case.ts';
import { FitPerson, type FitScene } from './fit-person.ts';
import { runFit } from './fit-run.ts';

/** The frame's number as a row of black and white squares in the top left corner, the least bit first. */
const BITS = 10;
const SIDE_PX = 12;

/** Writes each frame's number into its picture. */
function numbered(source: FrameSource): FrameSource {
  const canvas = new OffscreenCanvas(source.width, source.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas to number frames with');
  let number = 0;
  return {
    width: source.width,
    height: source.height,
    live: false,
    async next(target: Frame) {
      const frame = await source.next(target);
      if (!frame?.image) return frame;
      context.drawImage(frame.image, 0, 0);
      frame.image.close();
      for (let bit = 0; bit < BITS; bit++) {
        context.fillStyle = (number >> bit) & 1 ? '#fff' : '#000';
        context.fillRect(bit * SIDE_PX, 0, SIDE_PX, SIDE_PX);
      }
      number++;
      frame.image = canvas.transferToImageBitmap();
      return frame;
    },
    close: () => source.close(),
  };
}

/** The number in a picture. */
async function readNumber(blob: Blob): Promise<number> {
  const picture = await createImageBitmap(blob);
  const context = new OffscreenCanvas(BITS * SIDE_PX, SIDE_PX).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to read numbers with');
  context.drawImage(picture, 0, 0);
  picture.close();
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const [red] = context.getImageData((bit + 0.5) * SIDE_PX, SIDE_PX / 2, 1, 1).data;
    if (red >= 128) number |= 1 << bit;
  }
  return number;
}

/** Frame by frame, how many frames the picture on show is away from the one that body and garment were solved from. */
export async function runLock(
  tracker: Tracker,
  mannequin: Mannequin,
  garment: string,
  scene: FitScene,
): Promise<number[]> {
  const person = new FitPerson(scene, 'none');
  await person.ready();
  const seen: Promise<number>[] = [];
  const onTrack = (room: FittingRoom): void => {
    const solved = Math.round(((room.tracked?.timeMs ?? NaN) * scene.fps) / 1000);
    seen.push(
      room
        .snapshot({ layers: 'frame' })
        .then(readNumber)
        .then((shown) => Math.abs(shown - solved)),
    );
  };
  await runFit({ source: numbered(person), tracker, garment, stature: statureOf(mannequin, scene.shape), onTrack });
  return Promise.all(seen);
}

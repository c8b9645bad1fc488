import type { PersonMask } from '../../../src/index.ts';
import { ContactSheet } from '../../lab/contact-sheet.ts';

const HALF = 128;
/** What is missing, what is too much, and what is right of the drawn garment. */
const MISSING = [220, 30, 30];
const EXTRA = [40, 90, 255];
const RIGHT = [190, 190, 190];
const NOTHING = [40, 40, 40];
const OUTLINE = [0, 255, 90, 255];
/** Two frames a row. */
const LAYOUT = { columns: 4, cellWidth: 400, cellHeight: 480 };
/** Around what is shown, as a share of its size. */
const MARGIN = 0.08;

/** The rectangle around all pixels that either mask has, with a margin. */
function frameOf(drawn: PersonMask, expected: PersonMask): [x: number, y: number, width: number, height: number] {
  const { width, height } = expected;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let i = 0; i < width * height; i++) {
    if (drawn.data[i] < HALF && expected.data[i] < HALF) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
  }
  if (left >= right) return [0, 0, width, height];
  const [dx, dy] = [MARGIN * (right - left), MARGIN * (bottom - top)];
  return [left - dx, top - dy, right - left + 2 * dx, bottom - top + 2 * dy];
}

/** A part of a picture, encoded. */
async function toBlob(
  image: ImageData,
  [x, y, width, height]: readonly [number, number, number, number],
): Promise<Blob> {
  const whole = await createImageBitmap(image);
  const scale = Math.min(LAYOUT.cellWidth / width, LAYOUT.cellHeight / height);
  const canvas = new OffscreenCanvas(Math.round(scale * width), Math.round(scale * height));
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingEnabled = false;
  context?.drawImage(whole, x, y, width, height, 0, 0, canvas.width, canvas.height);
  whole.close();
  return canvas.convertToBlob();
}

/** Pictures of a run, for eyes: what was drawn with the truth's outline, and the difference (red: missing, blue: too much). */
export class FitSheet {
  readonly #paper: ContactSheet;

  /** `frames`: the frames that will be added. */
  constructor(frames: readonly number[]) {
    this.#paper = new ContactSheet(2 * frames.length, LAYOUT);
  }

  /** Adds a frame: the drawn scene as a picture file, the drawn and the true garment, and how they agree. */
  async add(
    scene: Blob,
    drawn: PersonMask,
    expected: PersonMask,
    { frame, iou }: { frame: number; iou: number },
  ): Promise<void> {
    const { width, height, data: there } = expected;
    const outlined = new OffscreenCanvas(width, height).getContext('2d');
    if (!outlined) throw new Error('no 2D canvas to draw on');
    const picture = await createImageBitmap(scene);
    outlined.drawImage(picture, 0, 0, width, height);
    picture.close();
    const seen = outlined.getImageData(0, 0, width, height);
    const difference = new ImageData(width, height);
    for (let i = 0; i < there.length; i++) {
      const isThere = there[i] >= HALF;
      const isDrawn = drawn.data[i] >= HALF;
      const color = isThere && isDrawn ? RIGHT : isThere ? MISSING : isDrawn ? EXTRA : NOTHING;
      difference.data.set([...color, 255], 4 * i);
      const isEdge =
        isThere && (there[i - 1] < HALF || there[i + 1] < HALF || there[i - width] < HALF || there[i + width] < HALF);
      if (isEdge) seen.data.set(OUTLINE, 4 * i);
    }
    const part = frameOf(drawn, expected);
    await this.#paper.add(await toBlob(seen, part), `frame ${frame}`);
    await this.#paper.add(await toBlob(difference, part), `IoU ${iou.toFixed(3)}; red: missing, blue: too much`);
  }

  /** PNG. */
  toPng(): Promise<Blob> {
    return this.#paper.toPng();
  }
}

import type { PersonMask } from '../../../src/index.ts';
import { ContactSheet } from '../../lab/contact-sheet.ts';

const HALF = 128;
/** What is missing, what is too much, and what is right of the drawn garment. */
const MISSING = [220, 30, 30];
const EXTRA = [40, 90, 255];
const RIGHT = [190, 190, 190];
const NOTHING = [40, 40, 40];
const OUTLINE = [0, 255, 90, 255];
/** Pictures a row: four frames of two pictures. */
const COLUMNS = 8;

const toBlob = (image: ImageData): Promise<Blob> => {
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas.convertToBlob();
};

/** Pictures of a run, for eyes: what was drawn with the truth's outline, and the difference (red: missing, blue: too much). */
export class FitSheet {
  readonly #paper: ContactSheet;
  readonly #left: Set<number>;

  /** `frames`: which ones are wanted. */
  constructor(frames: readonly number[], width: number, height: number) {
    this.#left = new Set(frames);
    this.#paper = new ContactSheet(2 * frames.length, { columns: Math.min(COLUMNS, 2 * frames.length), cellWidth: width, cellHeight: height });
  }

  wants(frame: number): boolean {
    return this.#left.has(frame);
  }

  async add(scene: Blob, drawn: PersonMask, expected: PersonMask, frame: number, iou: number): Promise<void> {
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
      const isEdge = isThere && (there[i - 1] < HALF || there[i + 1] < HALF || there[i - width] < HALF || there[i + width] < HALF);
      if (isEdge) seen.data.set(OUTLINE, 4 * i);
    }
    await this.#paper.add(await toBlob(seen), `frame ${frame}`);
    await this.#paper.add(await toBlob(difference), `IoU ${iou.toFixed(3)}; red: missing, blue: too much`);
  }

  /** PNG. */
  toPng(): Promise<Blob> {
    return this.#paper.toPng();
  }
}

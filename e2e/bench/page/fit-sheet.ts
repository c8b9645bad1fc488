import type { PersonMask } from '../../../src/index.ts';
import { ContactSheet } from '../../lab/contact-sheet.ts';

/** Coverage (0..255) from which a pixel belongs to a mask. */
const HALF = 128;
/**
 * Colours (RGB, 0..255) of the difference: pixels that are missing, extra and right in the drawn garment, and pixels
 * without a garment.
 */
const MISSING = [220, 30, 30];
const EXTRA = [40, 90, 255];
const RIGHT = [190, 190, 190];
const NOTHING = [40, 40, 40];
/** Colour of the true garment's outline: RGBA, 0..255. */
const OUTLINE = [0, 255, 90, 255];
/** Cells of the sheet, pixels. A frame fills two cells, so a line shows two frames. */
const LAYOUT = { columns: 4, cellWidth: 400, cellHeight: 480 };
/** Margin around the garment, as a share of its size. */
const MARGIN = 0.08;

/** Returns the rectangle around all pixels of either mask, with a margin; pixels. */
function boundsOf(drawn: PersonMask, expected: PersonMask): [x: number, y: number, width: number, height: number] {
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

/** Cuts a rectangle (pixels) out of a picture, scales it to a cell of the sheet and encodes it as a picture file. */
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

/**
 * A contact sheet for people to look at. For each frame it shows, cut out around the garment, the drawn scene with the
 * true garment's outline, and the difference of drawn and true garment.
 */
export class FitSheet {
  readonly #paper: ContactSheet;

  /** `frames`: numbers of the frames that will be added. */
  constructor(frames: readonly number[]) {
    this.#paper = new ContactSheet(2 * frames.length, LAYOUT);
  }

  /**
   * Adds a frame. `scene`: the drawn scene, a picture file; `drawn`, `expected`: masks of the drawn and the true
   * garment, coverage 0..255, of the same size; `frame`: its number; `iou`: the masks' intersection over union, 0..1.
   */
  async add(
    scene: Blob,
    drawn: PersonMask,
    expected: PersonMask,
    { frame, iou }: { frame: number; iou: number },
  ): Promise<void> {
    const { width, height, data: truth } = expected;
    const outlined = new OffscreenCanvas(width, height).getContext('2d');
    if (!outlined) throw new Error('no 2D canvas to draw on');
    const picture = await createImageBitmap(scene);
    outlined.drawImage(picture, 0, 0, width, height);
    picture.close();
    const scenePixels = outlined.getImageData(0, 0, width, height);
    const difference = new ImageData(width, height);
    for (let i = 0; i < truth.length; i++) {
      const isExpected = truth[i] >= HALF;
      const isDrawn = drawn.data[i] >= HALF;
      const color = isExpected && isDrawn ? RIGHT : isExpected ? MISSING : isDrawn ? EXTRA : NOTHING;
      difference.data.set([...color, 255], 4 * i);
      const isEdge = isExpected && [i - 1, i + 1, i - width, i + width].some((neighbour) => truth[neighbour] < HALF);
      if (isEdge) scenePixels.data.set(OUTLINE, 4 * i);
    }
    const part = boundsOf(drawn, expected);
    await this.#paper.add(await toBlob(scenePixels, part), `frame ${frame}`);
    await this.#paper.add(await toBlob(difference, part), `IoU ${iou.toFixed(3)}; red: missing, blue: extra`);
  }

  /** Encodes the sheet as a PNG file. */
  toPng(): Promise<Blob> {
    return this.#paper.toPng();
  }
}

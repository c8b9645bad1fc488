import { FittingError } from '../errors.ts';
import { maskSize } from './mask-size.ts';
import type { PersonMask } from './tracker.ts';

/** Creates a 2D canvas. Throws `FittingError` `unsupported-browser` where there is none. */
function createContext(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new FittingError('unsupported-browser', 'this browser has no 2D canvas');
  return context;
}

/**
 * A person mask that stays on a canvas (mostly in the GPU's memory) until its bytes are needed: it reads them from the
 * canvas when `data` is first used after a `draw`. Made for the page's thread; `width` and `height` are in px.
 */
export class LazyMask implements PersonMask {
  readonly #context = createContext();
  #data = new Uint8ClampedArray(0);
  #isRead = false;

  get width(): number {
    return this.#context.canvas.width;
  }

  get height(): number {
    return this.#context.canvas.height;
  }

  /**
   * Replaces the mask by the alpha channel of `source`, scaled to the mask's size (at most 256 px on the longer side).
   *
   * @param source a picture of the whole frame whose alpha is the coverage by the person.
   * @param frameWidth width of the frame, px.
   * @param frameHeight its height, px.
   */
  draw(source: CanvasImageSource, frameWidth: number, frameHeight: number): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const { canvas } = this.#context;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (this.#data.length !== width * height) this.#data = new Uint8ClampedArray(width * height);
    this.#context.clearRect(0, 0, width, height);
    this.#context.drawImage(source, 0, 0, width, height);
    this.#isRead = false;
  }

  /**
   * Coverage 0..255, `width` × `height` values, row by row from the top; empty before the first `draw`. The next `draw`
   * writes to the same array while the mask's size stays.
   */
  get data(): Uint8ClampedArray {
    if (!this.#isRead) {
      const { data } = this.#context.getImageData(0, 0, this.width, this.height);
      for (let from = 3, to = 0; to < this.#data.length; from += 4, to++) this.#data[to] = data[from];
      this.#isRead = true;
    }
    return this.#data;
  }
}

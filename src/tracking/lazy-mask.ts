import { FittingError } from '../errors.ts';
import { maskSize } from './mask-size.ts';
import type { PersonMask } from './tracker.ts';

function createContext(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new FittingError('unsupported-browser', 'this browser has no 2D canvas');
  return context;
}

/** A person mask on a canvas; its bytes are read from the canvas when `data` is first used. */
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

  /** Draws the alpha channel of `source` as the mask of a frame of `frameWidth` × `frameHeight` pixels. */
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

  get data(): Uint8ClampedArray {
    if (!this.#isRead) {
      const { data } = this.#context.getImageData(0, 0, this.width, this.height);
      for (let from = 3, to = 0; to < this.#data.length; from += 4, to++) this.#data[to] = data[from];
      this.#isRead = true;
    }
    return this.#data;
  }
}

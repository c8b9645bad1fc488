import { PersonParser } from '../parsing/person-parser.ts';
import type { PersonMask, PixelClasses } from './tracker.ts';

/**
 * Finds the classes of pixels on the page's thread: it draws the frame small on a canvas, reads it back, and has a
 * `PersonParser` classify it. Keeps two results, used alternately, so that one can be read while the next is made.
 */
export class CanvasClasses {
  #parser: PersonParser | null = null;
  #context: CanvasRenderingContext2D | null = null;
  readonly #results: [Uint8ClampedArray, Uint8ClampedArray] = [new Uint8ClampedArray(0), new Uint8ClampedArray(0)];

  /**
   * Classifies the pixels of a frame.
   *
   * @param picture the frame.
   * @param mask the person in it, 0..255.
   * @param landmarks 33 × (x, y, z, visibility), x and y normalised to the frame.
   * @returns null where there is no 2D canvas.
   */
  find(picture: CanvasImageSource, mask: PersonMask, landmarks: Float32Array): PixelClasses | null {
    const { width, height } = mask;
    this.#context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!this.#context) return null;
    const { canvas } = this.#context;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    this.#context.drawImage(picture, 0, 0, width, height);
    const values = this.#context.getImageData(0, 0, width, height).data;
    const results = this.#results;
    results.reverse();
    if (results[0].length !== values.length) results[0] = new Uint8ClampedArray(values.length);
    this.#parser ??= new PersonParser();
    const thumbnail = { values, first: 0, pixelStep: 4, rowStep: 4 * width };
    this.#parser.parse({ width, height, picture: thumbnail, mask: mask.data, landmarks }, results[0]);
    return { width, height, data: results[0] };
  }

  /** Forgets the person. */
  reset(): void {
    this.#parser?.reset();
  }
}

import { BodyPrior, CELL, CLASSES } from './body-prior.ts';
import { COLOR_CLASSES, ColorModels, colorBin } from './color-models.ts';
import type { Thumbnail } from './thumbnail.ts';

/**
 * Says what each pixel of a person shows: hair, skin, own upper clothes, own lower clothes, or background. Input for
 * each frame: a thumbnail (RGB, one pixel for each pixel of the person mask), the mask, and 33 landmarks. Output: four
 * probabilities a pixel, 0..255.
 *
 * 1. `BodyPrior`: what is usually seen at a place of the body.
 * 2. `ColorModels`: how likely the pixel's colour is in each class. They are learned from this person, frame by frame,
 *    at places whose class is sure; the first frame is learned from several times, so that a photo is enough.
 * 3. The mask, together with the colours, says how likely the pixel shows the person at all.
 * 4. Evidence of 1 to 3 is spread along surfaces: from pixel to pixel, unless an edge of the picture lies between.
 */

/** What is known of a frame. */
export interface ParserFrame {
  /** Size of the mask, px. */
  width: number;
  height: number;
  picture: Thumbnail;
  /** Coverage by the person, 0..255, `width` × `height` values, rows from the top. */
  mask: ArrayLike<number>;
  /** 33 × (x, y, z, visibility): x and y normalised to the frame. */
  landmarks: Float32Array;
}

const BACKGROUND = 4;
/** Sweeps of learning in the first frame of a person. */
const FIRST_SWEEPS = 4;
/** Share of what was learned that a frame keeps: colours of two seconds ago at 30 fps count by a tenth. */
const KEPT_SHARE = 0.96;
/** A place counts as sure of a class from this prior probability on, a pixel from this probability on. */
const SURE_PRIOR = 0.8;
const SURE_PROBABILITY = 0.85;
/** Weight of a pixel that is sure by its colour, at a place that is not. */
const FOUND_WEIGHT = 0.2;
/** Coverages from which a pixel surely shows the person, and up to which the background. */
const SURE_PERSON = 230;
const SURE_BACKGROUND = 12;
/** Weight of colour against place: neighbouring pixels are no independent witnesses. */
const COLOR_WEIGHT = 0.75;
/** Limit of the colours' log-odds between person and background: the mask decides, colours move its edge. */
const MAX_BACKGROUND_EVIDENCE = 1.5;

/** The classes of one person's frames. */
export class PersonParser {
  readonly #prior = new BodyPrior();
  readonly #colors = new ColorModels();
  #isNew = true;
  #bins = new Uint16Array(0);
  /** Class whose colours are refreshed in this frame. */
  #turn = 0;

  /** Forgets the person. */
  reset(): void {
    this.#colors.reset();
    this.#isNew = true;
  }

  /** Writes the classes of a frame into `target`: 4 bytes a pixel (`PixelClasses.data`). */
  parse(frame: ParserFrame, target: Uint8ClampedArray): void {
    const { width, height, landmarks } = frame;
    this.#prior.compute(landmarks, width, height);
    this.#readColors(frame);
    if (this.#isNew) {
      this.#learn(frame, null);
      for (let c = 0; c < COLOR_CLASSES; c++) this.#colors.refresh(c);
      for (let sweep = 1; sweep < FIRST_SWEEPS; sweep++) {
        this.#classify(frame, target);
        this.#colors.reset();
        this.#learn(frame, target);
        for (let c = 0; c < COLOR_CLASSES; c++) this.#colors.refresh(c);
      }
      this.#isNew = false;
    } else this.#colors.refresh(this.#turn++ % COLOR_CLASSES);
    this.#classify(frame, target);
    this.#colors.forget(KEPT_SHARE);
    this.#learn(frame, target);
  }

  #readColors({ width, height, picture: { values, first, pixelStep, rowStep } }: ParserFrame): void {
    if (this.#bins.length !== width * height) this.#bins = new Uint16Array(width * height);
    const bins = this.#bins;
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0, from = first + row * rowStep; column < width; column++, i++, from += pixelStep)
        bins[i] = colorBin(values[from], values[from + 1], values[from + 2]);
    }
  }

  /** Learns colours where place or `found` (the classes of the pixels; null: not known yet) is sure of a class. */
  #learn({ width, height, mask }: ParserFrame, found: Uint8ClampedArray | null): void {
    const { logs, columns } = this.#prior;
    const bins = this.#bins;
    const sureLog = Math.log(SURE_PRIOR);
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        if (mask[i] <= SURE_BACKGROUND) this.#colors.learn(BACKGROUND, bins[i], 1);
        if (mask[i] < SURE_PERSON) continue;
        const cell = CLASSES * (((row / CELL) | 0) * columns + ((column / CELL) | 0));
        for (let c = 0; c < CLASSES; c++) {
          const isSurePlace = logs[cell + c] > sureLog;
          const probability = found ? found[CLASSES * i + c] / 255 : 1;
          if (isSurePlace) this.#colors.learn(c, bins[i], probability);
          else if (found && probability > SURE_PROBABILITY) this.#colors.learn(c, bins[i], FOUND_WEIGHT);
        }
      }
    }
  }

  #classify({ width, height, mask }: ParserFrame, target: Uint8ClampedArray): void {
    const { logs: priors, columns } = this.#prior;
    const { logs } = this.#colors;
    const bins = this.#bins;
    for (let row = 0, i = 0, to = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++, to += CLASSES) {
        const coverage = mask[i] / 255;
        if (coverage < 0.01) {
          target.fill(0, to, to + CLASSES);
          continue;
        }
        const cell = CLASSES * (((row / CELL) | 0) * columns + ((column / CELL) | 0));
        const bin = COLOR_CLASSES * bins[i];
        const hair = priors[cell] + COLOR_WEIGHT * logs[bin];
        const skin = priors[cell + 1] + COLOR_WEIGHT * logs[bin + 1];
        const upper = priors[cell + 2] + COLOR_WEIGHT * logs[bin + 2];
        const lower = priors[cell + 3] + COLOR_WEIGHT * logs[bin + 3];
        const best = Math.max(hair, skin, upper, lower);
        const background = COLOR_WEIGHT * logs[bin + BACKGROUND] - best;
        const evidence = Math.max(-MAX_BACKGROUND_EVIDENCE, Math.min(MAX_BACKGROUND_EVIDENCE, background));
        const logit = Math.log((1 - coverage + 0.01) / (coverage + 0.01)) + evidence;
        const person = 1 / (1 + Math.exp(logit));
        const [a, b, c, d] = [
          Math.exp(hair - best),
          Math.exp(skin - best),
          Math.exp(upper - best),
          Math.exp(lower - best),
        ];
        const scale = (255 * person) / (a + b + c + d);
        target[to] = a * scale;
        target[to + 1] = b * scale;
        target[to + 2] = c * scale;
        target[to + 3] = d * scale;
      }
    }
  }
}

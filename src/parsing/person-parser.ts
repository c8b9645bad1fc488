import { BodyPrior, CLASSES } from './body-prior.ts';
import { COLOR_CLASSES, ColorModels, colorBin } from './color-models.ts';
import { expMinus } from './exp-table.ts';
import { type Box, EvidenceSpreader } from './spread-evidence.ts';
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
 * 4. `EvidenceSpreader` spreads the evidence of 1 to 3 along surfaces, up to the edges of the picture.
 * 5. Where the picture has not changed since the frame before, probabilities are averaged with those of that frame.
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

const SKIN = 1;
const BACKGROUND = 4;
/** Sweeps of learning in the first frame of a person. */
const FIRST_SWEEPS = 4;
/** Share of what was learned that a frame keeps: colours of two seconds ago at 30 fps count by a tenth. */
const KEPT_SHARE = 0.96;
/**
 * A place counts as sure of a class from this prior probability on (hair, skin, upper, lower clothes), a pixel from
 * SURE_PROBABILITY on. The crown is never surer of hair; hips are never surer of trousers, and all that is seen of them in
 * half a body.
 */
const SURE_PRIORS = [0.65, 0.8, 0.8, 0.58].map(Math.log);
const SURE_PROBABILITY = 0.85;
/** Least weight of a pixel at a sure place: trousers in the colour of the skin stay trousers. */
const SEED_WEIGHT = 0.3;
/** A colour counts as the skin's from this share of its most frequent one on: 1 / SKIN_CAUTION. */
const SKIN_CAUTION = 10;
/**
 * Share of a class's sure pixels that look like the skin, from which on the clothes have that colour. Below, what looks
 * otherwise are the clothes: a short top and a V-neck bare half of a trunk.
 */
const MOSTLY = 0.8;
/** Weight of a pixel that is sure by its colour, at a place that is not. */
const FOUND_WEIGHT = 0.2;
/** Coverages 0..255: from which a pixel surely shows the person, up to which the background, up to which it is skipped. */
const SURE_PERSON = 230;
const SURE_BACKGROUND = 12;
const NO_PERSON = 3;
/** Of the background every so many-th pixel in both directions is learned: it is large. */
const BACKGROUND_STEP = 4;
/** Weight of colour against place: neighbouring pixels are no independent witnesses. */
const COLOR_WEIGHT = 0.75;
/** Limit of the colours' log-odds between person and background: the mask decides, colours move its edge. */
const MAX_BACKGROUND_EVIDENCE = 1.5;
/** Limit of the log-odds of one pixel: beyond, evidence that spreads could not be outvoted by its neighbours. */
const MAX_EVIDENCE = 6;
/** Share of the last frame's probabilities where the picture has not changed. */
const STILL_SHARE = 0.6;
/** Change of a pixel's colour, sum over three channels of 0..255, at which that share is 1/e of it. */
const MOVED_DIFFERENCE = 16;

/** Log-odds of the person by coverage 0..255; the mask is never quite certain. */
const maskOdds = Float32Array.from({ length: 256 }, (_, i) => Math.log((i + 3) / (258 - i)));

/** The classes of one person's frames. */
export class PersonParser {
  readonly #prior = new BodyPrior();
  readonly #colors = new ColorModels();
  readonly #spreader = new EvidenceSpreader();
  readonly #box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  #isNew = true;
  /** Colours of this frame and of the last one: 4 bytes a pixel. */
  #rgb = new Uint8ClampedArray(0);
  #lastRgb = new Uint8ClampedArray(0);
  /** Bins of the colours in `#box`, and of every `BACKGROUND_STEP`-th pixel elsewhere. */
  #bins = new Uint16Array(0);
  /** Log-odds of the classes against the background, `CLASSES` a pixel. */
  #evidence = new Float32Array(0);
  #last = new Uint8ClampedArray(0);
  /** By class: share of its sure pixels that look like the skin, 0..1, and the numbers of both. */
  readonly #skinShares = new Float32Array(CLASSES);
  readonly #skinCounts = new Float32Array(CLASSES);
  readonly #counts = new Float32Array(CLASSES);
  /** Class whose colours are refreshed in this frame. */
  #turn = 0;

  /** Forgets the person. */
  reset(): void {
    this.#colors.reset();
    this.#skinShares.fill(0);
    this.#spreader.reset();
    // Pixels that were outside the last frame's box keep what was there before.
    for (const values of [this.#rgb, this.#lastRgb, this.#bins, this.#evidence, this.#last]) values.fill(0);
    this.#turn = 0;
    this.#isNew = true;
  }

  /** Writes the classes of a frame into `target`: 4 bytes a pixel (`PixelClasses.data`). */
  parse(frame: ParserFrame, target: Uint8ClampedArray): void {
    const { width, height, landmarks } = frame;
    this.#resize(width * height);
    this.#prior.compute(landmarks, width, height);
    this.#findBox(frame);
    this.#readPicture(frame);
    this.#spreader.setPicture(this.#rgb, width, this.#box);
    const colors = this.#colors;
    if (this.#isNew) {
      for (let sweep = 0; sweep < FIRST_SWEEPS; sweep++) {
        colors.forgetCounts();
        this.#learn(frame, sweep > 0 ? target : null);
        for (let c = 0; c < COLOR_CLASSES; c++) colors.refresh(c);
        this.#classify(frame, target);
      }
      this.#isNew = false;
    } else {
      this.#classify(frame, target);
      this.#blend(frame, target);
      const turn = this.#turn++ % COLOR_CLASSES;
      colors.forget(turn, KEPT_SHARE ** COLOR_CLASSES);
      this.#learn(frame, target);
      colors.refresh(turn);
    }
    this.#last.set(target);
  }

  #resize(pixels: number): void {
    if (this.#bins.length === pixels) return;
    this.#bins = new Uint16Array(pixels);
    this.#rgb = new Uint8ClampedArray(4 * pixels);
    this.#lastRgb = new Uint8ClampedArray(4 * pixels);
    this.#evidence = new Float32Array(CLASSES * pixels);
    this.#last = new Uint8ClampedArray(CLASSES * pixels);
    this.reset();
  }

  /** Writes the box around the person in the mask. */
  #findBox({ width, height, mask }: ParserFrame): void {
    const box = this.#box;
    Object.assign(box, { left: width, top: height, right: 0, bottom: 0 });
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        if (mask[i] < NO_PERSON) continue;
        if (column < box.left) box.left = column;
        if (column >= box.right) box.right = column + 1;
        if (row < box.top) box.top = row;
        box.bottom = row + 1;
      }
    }
  }

  /** Copies the picture in the box, and bins its colours. */
  #readPicture({ width, height, picture: { values, first, pixelStep, rowStep } }: ParserFrame): void {
    [this.#rgb, this.#lastRgb] = [this.#lastRgb, this.#rgb];
    const rgb = this.#rgb;
    const bins = this.#bins;
    const { left, right, top, bottom } = this.#box;
    for (let row = 0, i = 0; row < height; row++) {
      const isInside = row >= top && row < bottom;
      for (let column = 0, from = first + row * rowStep; column < width; column++, i++, from += pixelStep) {
        const isInBox = isInside && column >= left && column < right;
        if (isInBox) {
          rgb[4 * i] = values[from];
          rgb[4 * i + 1] = values[from + 1];
          rgb[4 * i + 2] = values[from + 2];
        }
        if (isInBox || ((row | column) & (BACKGROUND_STEP - 1)) === 0)
          bins[i] = colorBin(values[from], values[from + 1], values[from + 2]);
      }
    }
  }

  /** Learns colours where place or `found` (the classes of the pixels; null: not known yet) is sure of a class. */
  #learn({ width, height, mask }: ParserFrame, found: Uint8ClampedArray | null): void {
    const { logs, columns } = this.#prior;
    const bins = this.#bins;
    const colors = this.#colors;
    for (let row = 0; row < height; row += BACKGROUND_STEP) {
      for (let i = row * width, end = i + width; i < end; i += BACKGROUND_STEP)
        if (mask[i] <= SURE_BACKGROUND) colors.learn(BACKGROUND, bins[i], BACKGROUND_STEP);
    }
    const { left, right, top, bottom } = this.#box;
    const skinCounts = this.#skinCounts.fill(0);
    const counts = this.#counts.fill(0);
    for (let row = top; row < bottom; row++) {
      for (let column = left, i = row * width + left; column < right; column++, i++) {
        if (mask[i] < SURE_PERSON) continue;
        const cell = CLASSES * ((row >> 1) * columns + (column >> 1));
        for (let c = 0; c < CLASSES; c++) {
          const probability = found ? found[CLASSES * i + c] / 255 : 1;
          if (logs[cell + c] > SURE_PRIORS[c]) {
            const likeness = found ? expMinus(-colors.logs[COLOR_CLASSES * bins[i] + SKIN]) : 0;
            if (SKIN_CAUTION * likeness > 1) skinCounts[c]++;
            counts[c]++;
            // What looks like the face is skin, unless most of the place looks so: then the clothes have that colour.
            const weight =
              c === SKIN
                ? probability
                : this.#skinShares[c] < MOSTLY
                  ? probability * Math.max(0, 1 - SKIN_CAUTION * likeness)
                  : SEED_WEIGHT + (1 - SEED_WEIGHT) * probability;
            colors.learn(c, bins[i], weight);
          } else if (found && probability > SURE_PROBABILITY) colors.learn(c, bins[i], FOUND_WEIGHT);
        }
      }
    }
    for (let c = 0; c < CLASSES; c++) this.#skinShares[c] = skinCounts[c] / Math.max(1, counts[c]);
  }

  /** Steps 3 and 4. */
  #classify({ width, mask }: ParserFrame, target: Uint8ClampedArray): void {
    const { logs: priors, columns } = this.#prior;
    const { logs } = this.#colors;
    const bins = this.#bins;
    const evidence = this.#evidence;
    const box = this.#box;
    const { left, right, top, bottom } = box;
    for (let row = top; row < bottom; row++) {
      for (let column = left, i = row * width + left; column < right; column++, i++) {
        const to = CLASSES * i;
        if (mask[i] < NO_PERSON) {
          evidence[to] = evidence[to + 1] = evidence[to + 2] = evidence[to + 3] = -MAX_EVIDENCE;
          continue;
        }
        const cell = CLASSES * ((row >> 1) * columns + (column >> 1));
        const bin = COLOR_CLASSES * bins[i];
        const hair = priors[cell] + COLOR_WEIGHT * logs[bin];
        const skin = priors[cell + 1] + COLOR_WEIGHT * logs[bin + 1];
        const upper = priors[cell + 2] + COLOR_WEIGHT * logs[bin + 2];
        const lower = priors[cell + 3] + COLOR_WEIGHT * logs[bin + 3];
        const best = Math.max(hair, skin, upper, lower);
        const person = best - COLOR_WEIGHT * logs[bin + BACKGROUND];
        const odds = maskOdds[mask[i]] + Math.max(-MAX_BACKGROUND_EVIDENCE, Math.min(MAX_BACKGROUND_EVIDENCE, person));
        const shift = odds - best;
        evidence[to] = Math.max(-MAX_EVIDENCE, hair + shift);
        evidence[to + 1] = Math.max(-MAX_EVIDENCE, skin + shift);
        evidence[to + 2] = Math.max(-MAX_EVIDENCE, upper + shift);
        evidence[to + 3] = Math.max(-MAX_EVIDENCE, lower + shift);
      }
    }
    this.#spreader.spread(evidence, width, box);
    target.fill(0);
    for (let row = top; row < bottom; row++) {
      for (let to = CLASSES * (row * width + left), end = to + CLASSES * (right - left); to < end; to += CLASSES) {
        const best = Math.max(0, evidence[to], evidence[to + 1], evidence[to + 2], evidence[to + 3]);
        const hair = expMinus(best - evidence[to]);
        const skin = expMinus(best - evidence[to + 1]);
        const upper = expMinus(best - evidence[to + 2]);
        const lower = expMinus(best - evidence[to + 3]);
        const scale = 255 / (expMinus(best) + hair + skin + upper + lower);
        // Rounded down: the four never exceed 255 together.
        target[to] = (hair * scale) | 0;
        target[to + 1] = (skin * scale) | 0;
        target[to + 2] = (upper * scale) | 0;
        target[to + 3] = (lower * scale) | 0;
      }
    }
  }

  /** Step 5: averages `target` with the last frame. */
  #blend({ width }: ParserFrame, target: Uint8ClampedArray): void {
    const rgb = this.#rgb;
    const lastRgb = this.#lastRgb;
    const last = this.#last;
    const { left, right, top, bottom } = this.#box;
    for (let row = top; row < bottom; row++) {
      for (let i = 4 * (row * width + left), end = i + 4 * (right - left); i < end; i += 4) {
        const change =
          Math.abs(rgb[i] - lastRgb[i]) + Math.abs(rgb[i + 1] - lastRgb[i + 1]) + Math.abs(rgb[i + 2] - lastRgb[i + 2]);
        const share = STILL_SHARE * expMinus(change / MOVED_DIFFERENCE);
        for (let c = i; c < i + CLASSES; c++) target[c] = (target[c] + share * (last[c] - target[c])) | 0;
      }
    }
  }
}

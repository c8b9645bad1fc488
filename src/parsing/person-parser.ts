import { BodyPrior } from './body-prior.ts';
import type { Box } from './box.ts';
import { COLOR_CLASSES, ColorModels } from './color-models.ts';
import { ParserKernel } from './parser-kernel.ts';
import { CLASSES } from './person-classes.ts';
import { EvidenceSpreader } from './spread-evidence.ts';
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

/** Sweeps of learning in the first frame of a person. */
const FIRST_SWEEPS = 4;
/** Share of what was learned that a frame keeps: colours of two seconds ago at 30 fps count by a tenth. */
const KEPT_SHARE = 0.96;
/**
 * A place counts as sure of a class from this prior probability on (hair, skin, upper, lower clothes), a pixel above
 * SURE_BYTE / 255. The crown is never surer of hair; hips are never surer of trousers, and all that is seen of them in
 * half a body.
 */
const SURE_PRIORS = [0.65, 0.8, 0.8, 0.58].map(Math.log);
const SURE_BYTE = 216;
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

/** What works on pictures of one size. */
interface Work {
  kernel: ParserKernel;
  prior: BodyPrior;
  colors: ColorModels;
  spreader: EvidenceSpreader;
}

/** Creates what works on pictures of one size, and fills the kernel's tables. `picture`: one of the thumbnails. */
function createWork(width: number, height: number, picture: Thumbnail): Work {
  const kernel = new ParserKernel(width, height, picture);
  for (let value = 0; value < kernel.maskOdds.length; value++) {
    // The mask is never quite certain.
    kernel.maskOdds[value] = Math.log((value + 3) / (258 - value));
    kernel.stillShares[value] = STILL_SHARE * Math.exp(-value / MOVED_DIFFERENCE);
  }
  return {
    kernel,
    prior: new BodyPrior(kernel),
    colors: new ColorModels(kernel),
    spreader: new EvidenceSpreader(kernel),
  };
}

/** The classes of one person's frames. */
export class PersonParser {
  #work: Work | null = null;
  readonly #box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  #isNew = true;
  /** Bits by class: 1 where most of its pixels at sure places look like the skin. */
  #skinLike = 0;
  /** Class whose colours are refreshed in this frame. */
  #turn = 0;

  /** Forgets the person. */
  reset(): void {
    this.#work?.colors.reset();
    this.#work?.spreader.reset();
    // Pixels that were outside the last frame's box keep what was there before.
    this.#work?.kernel.forgetFrames();
    this.#skinLike = 0;
    this.#turn = 0;
    this.#isNew = true;
  }

  /** Writes the classes of a frame into `target`: 4 bytes a pixel (`PixelClasses.data`). */
  parse(frame: ParserFrame, target: Uint8ClampedArray): void {
    const { landmarks, mask, picture } = frame;
    const work = this.#open(frame);
    const { kernel, prior, colors, spreader } = work;
    const box = this.#box;
    kernel.mask.set(mask);
    this.#findBox(kernel);
    kernel.takePicture(picture, box, BACKGROUND_STEP);
    prior.compute(landmarks, box);
    spreader.setPicture(box);
    if (this.#isNew) {
      for (let sweep = 0; sweep < FIRST_SWEEPS; sweep++) {
        colors.forgetCounts();
        this.#learn(work, sweep > 0);
        for (let c = 0; c < COLOR_CLASSES; c++) colors.refresh(c);
        this.#classify(work, false);
      }
      this.#isNew = false;
    } else {
      this.#classify(work, true);
      const turn = this.#turn++ % COLOR_CLASSES;
      colors.forget(turn, KEPT_SHARE ** COLOR_CLASSES);
      this.#learn(work, true);
      colors.refresh(turn);
    }
    target.set(kernel.result);
  }

  /** Returns what works on the frame's size. A new size is a new camera: the person is forgotten. */
  #open({ width, height, picture }: ParserFrame): Work {
    if (this.#work?.kernel.fits(width, height, picture)) return this.#work;
    this.#work = createWork(width, height, picture);
    this.reset();
    return this.#work;
  }

  /** Writes the box around the person in the mask. */
  #findBox({ width, height, mask }: ParserKernel): void {
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

  /**
   * Learns colours where place or found class is sure; `hasFound`: the classes of the pixels are known. What looks like
   * the face is skin, unless most of the place looks so: then the clothes have that colour.
   */
  #learn({ kernel }: Work, hasFound: boolean): void {
    const { left, top, right, bottom } = this.#box;
    const { functions, tallies } = kernel;
    functions.learnBackground(kernel.height, BACKGROUND_STEP, SURE_BACKGROUND);
    const [hair, skin, upper, lower] = SURE_PRIORS;
    functions.learnPerson(
      left,
      top,
      right,
      bottom,
      SURE_PERSON,
      hasFound,
      hair,
      skin,
      upper,
      lower,
      this.#skinLike,
      SEED_WEIGHT,
      SKIN_CAUTION,
      SURE_BYTE,
      FOUND_WEIGHT,
    );
    this.#skinLike = 0;
    for (let c = 0; c < CLASSES; c++)
      if (tallies[CLASSES + c] >= MOSTLY * Math.max(1, tallies[c])) this.#skinLike |= 1 << c;
  }

  /** Steps 3 to 5; `hasLast`: with step 5. */
  #classify({ kernel, spreader }: Work, hasLast: boolean): void {
    const { left, top, right, bottom } = this.#box;
    const { functions } = kernel;
    functions.score(left, top, right, bottom, NO_PERSON, COLOR_WEIGHT, MAX_BACKGROUND_EVIDENCE, MAX_EVIDENCE);
    spreader.spread(this.#box);
    functions.settle(left, top, right, bottom, hasLast);
  }
}

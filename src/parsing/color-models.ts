import type { ParserKernel } from './parser-kernel.ts';
import { CLASSES } from './person-classes.ts';

/**
 * What colours each class has: one histogram a class, learned from pixels whose class is known, and read as
 * logarithms of how usual a colour is in its class. The most frequent colour of each class counts as equally usual: a
 * class of one colour must not win over a class of many where they share a colour.
 *
 * 1. The kernel gives each colour a bin: brightness in steps of 16 byte values (luma of ITU-R BT.601), and two
 *    differences of colour in steps of 4, times 192 / (luma + 64). A surface in shade keeps these, so light counts less
 *    than hue; dark pixels have noise instead of colour.
 * 2. The kernel adds pixels to the histogram of a class (`PersonParser`). `forget` makes what was learned fade.
 * 3. `refresh` smooths the histogram of a class over neighbouring bins, and writes its logarithms.
 */

/** Number of bins: 16 of brightness, 32 of each colour difference. The kernel gives each pixel its bin. */
const BINS = 16 * 32 * 32;
/** Number of classes with colours of their own: hair, skin, upper clothes, lower clothes, background. */
export const COLOR_CLASSES = 5;
/**
 * How likely a colour is that was never seen in a class, against the class's most frequent one: hair, skin, upper and
 * lower clothes, background. Clothes have collars, ties and prints of any colour; skin and hair show few.
 */
const UNLIKELY = [0.001, 0.001, 0.006, 0.006, 0.003] as const;
/**
 * The same for a class of which nothing was seen: as if it had several colours. At 1 it would match every colour, and
 * take over what the other classes do not know: short hair took a white collar.
 */
const UNSEEN = 0.07;
/** With this many pixels in the fullest bin, what was seen counts as much as that nothing was seen. */
const FEW_PIXELS = 0.02;

/** The colours of one person and of the background, in the kernel's memory. */
export class ColorModels {
  readonly #kernel: ParserKernel;
  /** Logarithms, up to 0, of how usual each colour is in the classes of a person, `CLASSES` for each bin. */
  readonly #logs: Float32Array;
  readonly #backgroundLogs: Float32Array;
  /** Weight of the pixels learned: by class, `BINS` each. */
  readonly #counts: Float32Array;

  constructor(kernel: ParserKernel) {
    const { functions } = kernel;
    this.#kernel = kernel;
    this.#logs = kernel.floats(functions.classLogs, BINS * CLASSES);
    this.#backgroundLogs = kernel.floats(functions.backgroundLogs, BINS);
    this.#counts = kernel.floats(functions.counts, BINS * COLOR_CLASSES);
  }

  /** Forgets all: every colour is equally likely in every class. */
  reset(): void {
    this.forgetCounts();
    this.#logs.fill(0);
    this.#backgroundLogs.fill(0);
  }

  /** Forgets what was learned; logarithms stay until `refresh`. */
  forgetCounts(): void {
    this.#counts.fill(0);
  }

  /** Multiplies what was learned of a class with `share`, 0..1. */
  forget(colorClass: number, share: number): void {
    this.#kernel.functions.forget(colorClass, share);
  }

  /** Writes the logarithms of a class from what was learned. */
  refresh(colorClass: number): void {
    this.#kernel.functions.refresh(colorClass, UNLIKELY[colorClass], UNSEEN, FEW_PIXELS);
  }
}

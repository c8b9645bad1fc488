/**
 * What colours each class has: one histogram a class, learned from pixels whose class is known, and read as
 * logarithms of how usual a colour is in its class. The most frequent colour of each class counts as equally usual: a
 * class of one colour must not win over a class of many where they share a colour.
 *
 * 1. `colorBin` gives each colour a bin: brightness in coarse steps, and two differences of colour divided by the
 *    brightness. A surface in shade keeps these, so light counts less than hue.
 * 2. `learn` adds pixels to the histogram of a class. `forget` makes what was learned fade.
 * 3. `refresh` smooths the histogram of a class over neighbouring bins, and writes its logarithms.
 */

/** Bins of brightness (of 16 byte values), and of each colour difference (of 4 byte values around grey). */
const LUMA_BINS = 16;
const CHROMA_BINS = 32;
const CHROMA_STEP = 4;
/** Number of bins. */
const BINS = LUMA_BINS * CHROMA_BINS * CHROMA_BINS;
/** Number of classes with colours of their own: hair, skin, upper clothes, lower clothes, background. */
export const COLOR_CLASSES = 5;
/**
 * Brightness added before the colour differences are divided by it, byte values: dark pixels have noise instead of
 * colour.
 */
const DARK_LUMA = 64;
/** Brightness at which differences of colour keep their size. */
const MIDDLE_LUMA = 128;
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

const LUMA_STRIDE = CHROMA_BINS * CHROMA_BINS;

/** Returns the bin of a colour; red, green and blue 0..255. Luma and differences: ITU-R BT.601. */
export function colorBin(red: number, green: number, blue: number): number {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  const gain = (MIDDLE_LUMA + DARK_LUMA) / ((luma + DARK_LUMA) * CHROMA_STEP);
  const cb = (0.564 * (blue - luma) * gain + CHROMA_BINS / 2) | 0;
  const cr = (0.713 * (red - luma) * gain + CHROMA_BINS / 2) | 0;
  const last = CHROMA_BINS - 1;
  return (luma >> 4) * LUMA_STRIDE + Math.max(0, Math.min(last, cb)) * CHROMA_BINS + Math.max(0, Math.min(last, cr));
}

/** The colours of one person and of the background. */
export class ColorModels {
  /** Logarithms, up to 0, of how usual each colour is in the classes: `COLOR_CLASSES` for each bin. */
  readonly logs = new Float32Array(BINS * COLOR_CLASSES);
  readonly #counts = Array.from({ length: COLOR_CLASSES }, () => new Float32Array(BINS));
  readonly #smooth = new Float32Array(BINS);
  readonly #scratch = new Float32Array(BINS);

  constructor() {
    this.reset();
  }

  /** Forgets all: every colour is equally likely in every class. */
  reset(): void {
    this.forgetCounts();
    this.logs.fill(0);
  }

  /** Forgets what was learned; `logs` stay until `refresh`. */
  forgetCounts(): void {
    for (const counts of this.#counts) counts.fill(0);
  }

  /** Multiplies what was learned of a class with `share`, 0..1. */
  forget(colorClass: number, share: number): void {
    const counts = this.#counts[colorClass];
    for (let bin = 0; bin < BINS; bin++) counts[bin] *= share;
  }

  /** Adds `weight` pixels of the colour `bin` to a class. */
  learn(colorClass: number, bin: number, weight: number): void {
    this.#counts[colorClass][bin] += weight;
  }

  /** Writes `logs` of a class from what was learned. */
  refresh(colorClass: number): void {
    const counts = this.#counts[colorClass];
    const smooth = this.#smooth;
    // Brightness varies more than hue within a class.
    blur(counts, this.#scratch, LUMA_STRIDE);
    blur(this.#scratch, smooth, LUMA_STRIDE);
    blur(smooth, this.#scratch, CHROMA_BINS);
    blur(this.#scratch, smooth, 1);
    let peak = 0;
    for (let bin = 0; bin < BINS; bin++) peak = Math.max(peak, smooth[bin]);
    // Few pixels say little: the less was seen of a class, the less one colour is likelier in it than another.
    const floor = (UNLIKELY[colorClass] * peak + UNSEEN * FEW_PIXELS) / (peak + FEW_PIXELS);
    const empty = Math.log(floor);
    for (let bin = 0, to = colorClass; bin < BINS; bin++, to += COLOR_CLASSES)
      this.logs[to] = smooth[bin] > 0 ? Math.log(floor + ((1 - floor) * smooth[bin]) / peak) : empty;
  }
}

/** Writes the mean of each bin and its neighbours at distance `stride` (weights 1, 2, 1). Ends count as empty. */
function blur(from: Float32Array, to: Float32Array, stride: number): void {
  for (let bin = 0; bin < BINS; bin++) {
    const before = bin >= stride ? from[bin - stride] : 0;
    const after = bin + stride < BINS ? from[bin + stride] : 0;
    to[bin] = 0.25 * (before + after) + 0.5 * from[bin];
  }
}

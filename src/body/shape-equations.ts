/**
 * What was seen of one shopper's shape, as equations of the unknowns, in the form in which all components of the
 * mixture (`ShapeComponent`) add them up. Most coefficients are 0, so an equation is a list of terms.
 *
 * `offset + Σ value · unknown − scale × seen = 0`, all in metres. The unknowns are the scale (index `SCALE_UNKNOWN`:
 * true metres to one of the tracker's), the errors and clothes that measures share, and the morph weights.
 */
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import type { MeasureKind, ShapeEvidence } from './shape-evidence.ts';
import { clothShareOf, POSE_ERRORS, SHARED_UNKNOWNS } from './shared-unknowns.ts';

/** Index of the scale among the unknowns. */
export const SCALE_UNKNOWN = 0;
/** Index of the first unknown that measures share: errors, then clothes. */
export const FIRST_SHARED_UNKNOWN = 1;
/**
 * Index of the first morph weight. The weights come last, so the last rows and columns of a component's factor are the
 * factor of the inverse of their own covariance (`squaredDistance`).
 */
export const FIRST_MORPH_UNKNOWN = FIRST_SHARED_UNKNOWN + SHARED_UNKNOWNS;
/** Number of unknowns. */
export const SHAPE_UNKNOWNS = FIRST_MORPH_UNKNOWN + MORPH_COUNT;

/**
 * A measure counts fully if it was seen in at least this share of the frames. The errors of one that was seen less often
 * grow: a place of the outline that an arm hides in most frames may well be that arm, and a length that only a pose of
 * the moment shows may well be wrong by that pose.
 */
const OFTEN_SEEN = 0.1;

/** The equations of one shopper. */
export class ShapeEquations {
  /** Number of equations. The arrays from `variances` to `starts` hold one value for each. */
  count = 0;
  /** Variance of the error, square metres. */
  readonly variances: Float64Array;
  /** By how much that variance grows with the variance of the cloth at the measure's place. */
  readonly clothFactors: Float64Array;
  /** `MeasureKind.excess`: mean of what is seen beyond body and cloth, metres. */
  readonly excesses: Float64Array;
  /** The measure as seen, the tracker's metres. */
  readonly seen: Float64Array;
  /** The measure of a body with all morph weights 0, metres. */
  readonly offsets: Float64Array;
  /** Index of the first term; the terms end where those of the next equation start. */
  readonly starts: Uint16Array;
  /** By term, the index of its unknown, ascending within an equation, and its value. The scale is no term. */
  readonly unknowns: Uint8Array;
  readonly values: Float64Array;
  readonly #kinds: readonly MeasureKind[];
  /** By measure, the share of cloth in it: 1 where it contains the thickness of clothes, 0 where skin is bare. */
  readonly #clothShares: Float64Array;
  /** By measure, the indices of the measures of the same place, its own among them. */
  readonly #alternatives: readonly (readonly number[])[];

  /** `kinds`: the measures of the evidence. */
  constructor(kinds: readonly MeasureKind[]) {
    const { length } = kinds;
    this.variances = new Float64Array(length);
    this.clothFactors = new Float64Array(length);
    this.excesses = new Float64Array(length);
    this.seen = new Float64Array(length);
    this.offsets = new Float64Array(length);
    this.starts = new Uint16Array(length + 1);
    this.unknowns = new Uint8Array(length * SHAPE_UNKNOWNS);
    this.values = new Float64Array(length * SHAPE_UNKNOWNS);
    this.#kinds = kinds;
    this.#clothShares = Float64Array.from(kinds, ({ shared }) => clothShareOf(shared));
    this.#alternatives = kinds.map(({ place }, index) =>
      place === undefined ? [index] : [...kinds.keys()].filter((other) => kinds[other].place === place),
    );
  }

  /** Takes the measures that `evidence` has seen. Allocates nothing. */
  read({ frames, seen, offsets, rows, poseShares }: ShapeEvidence): void {
    let count = 0;
    let terms = 0;
    let most = 0;
    for (let measure = 0; measure < frames.length; measure++) most = Math.max(most, frames[measure]);
    for (let measure = 0; measure < frames.length; measure++) {
      if (frames[measure] === 0) continue;
      const { sharedError, frameError, excess, shared } = this.#kinds[measure];
      const alternatives = this.#alternatives[measure];
      let placeFrames = 0;
      for (let k = 0; k < alternatives.length; k++) placeFrames += frames[alternatives[k]];
      const isTold = frameError === 0;
      const rarity = isTold ? 1 : Math.max(1, (OFTEN_SEEN * most) / placeFrames);
      this.variances[count] = (rarity * (sharedError ** 2 * placeFrames + frameError ** 2)) / frames[measure];
      this.clothFactors[count] = (rarity * this.#clothShares[measure] ** 2 * placeFrames) / frames[measure];
      this.excesses[count] = rarity * excess;
      this.seen[count] = seen[measure];
      this.offsets[count] = offsets[measure];
      for (let i = 0; i < SHARED_UNKNOWNS; i++) {
        const value = i < POSE_ERRORS ? poseShares[measure * POSE_ERRORS + i] : shared[i];
        if (value === 0) continue;
        this.unknowns[terms] = FIRST_SHARED_UNKNOWN + i;
        this.values[terms++] = value;
      }
      for (let m = 0; m < MORPH_COUNT; m++) {
        const value = rows[measure * MORPH_COUNT + m];
        if (value === 0) continue;
        this.unknowns[terms] = FIRST_MORPH_UNKNOWN + m;
        this.values[terms++] = value;
      }
      this.starts[++count] = terms;
    }
    this.count = count;
  }
}

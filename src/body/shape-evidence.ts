import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import type { MeasureName } from './measure-names.ts';
import { POSE_ERRORS } from './shared-unknowns.ts';

/** After frames of this weight a running mean forgets as it learns, so that a wrong start fades. */
const MEMORY_FRAMES = 300;
/** Up to this number of frames a `MeasureKind.recency` lets the later ones count more; after it all count alike. */
const RECENT_FRAMES = 15;

/**
 * What kind of statement a measure makes of the body. A measure is a length, breadth or height that frames show, such
 * as the distance between two landmarks or the breadth of the trunk's outline at one level.
 */
export interface MeasureKind {
  /** Standard deviation of the error that all frames share (the pose model's, the mask's edge), metres. */
  sharedError: number;
  /** Standard deviation of the error that differs from frame to frame, metres. 0: it is told, not seen in frames. */
  frameError: number;
  /**
   * Mean of what may be seen beyond body and cloth, metres: folds, an arm's shadow (one-sided, exponential). 0: the
   * error is symmetric.
   */
  excess: number;
  /**
   * Share of each shared unknown (error of the mask's edge, cloth) that the measure contains (see `sharesOf`); 0 for
   * the errors of the pose, whose shares each observation gives.
   */
  shared: readonly number[];
  /**
   * By how much later frames count more in the running mean: the weight of the n-th frame rises as n to this power, up
   * to `RECENT_FRAMES`. 0 if absent: all frames count alike.
   */
  recency?: number;
  /** The shopper's measures that are taken where this one is seen. */
  shows: readonly MeasureName[];
  /**
   * Name of the place that this measure and others see in alternative ways; absent if there is no other way. Together
   * they count as one: each by its share of the frames.
   */
  place?: string;
}

/** What one frame shows of a measure. */
export interface Observation {
  /** The measure as seen, in the tracker's metres. */
  seen: number;
  /** The measure of the mannequin in the shape `shape`, metres. */
  modelled: number;
  /** Its derivatives by the morph weights, metres (MORPH_COUNT). */
  row: Float64Array;
  /** How much it contains of each error of the pose (POSE_ERRORS), metres to an error of 1; nothing if absent. */
  poseShares?: Float64Array;
  /** Morph weights of the mannequin for which `modelled` holds (MORPH_COUNT). */
  shape: ArrayLike<number>;
}

/**
 * What was seen of one shopper's shape: by measure, the running mean of linear equations
 * `offset + row · weights + shares · unknowns = scale × seen`, in which `weights` are the body's morph weights,
 * `unknowns` those that measures share, `seen` is in the tracker's metres and `scale` is the unknown number of true
 * metres to one of these.
 */
export class ShapeEvidence {
  /** The measures; all arrays are in their order. */
  readonly kinds: readonly MeasureKind[];
  /** By measure, the sum of the weights of the frames that saw it, up to that of its memory; 0 if none did. */
  readonly frames: Float64Array;
  /** By measure, as seen, the tracker's metres. */
  readonly seen: Float64Array;
  /** By measure, metres of a body with all weights 0. */
  readonly offsets: Float64Array;
  /** By measure, MORPH_COUNT values: metres to a morph weight of 1. */
  readonly rows: Float64Array;
  /** By measure, POSE_ERRORS values: metres to an error of the pose of 1. */
  readonly poseShares: Float64Array;

  constructor(kinds: readonly MeasureKind[]) {
    this.kinds = kinds;
    this.frames = new Float64Array(kinds.length);
    this.seen = new Float64Array(kinds.length);
    this.offsets = new Float64Array(kinds.length);
    this.rows = new Float64Array(kinds.length * MORPH_COUNT);
    this.poseShares = new Float64Array(kinds.length * POSE_ERRORS);
  }

  /**
   * Adds what one frame shows of measure `index`; `weight`: how much the frame says, 0..1. Allocates nothing.
   */
  add(index: number, weight: number, { seen, modelled, row, poseShares, shape }: Observation): void {
    if (!(weight > 0) || !(seen > 0)) return;
    const { recency = 0 } = this.kinds[index];
    const frames = Math.min(this.frames[index] + weight, MEMORY_FRAMES);
    this.frames[index] = frames;
    // In frames that count as much as this one does: those while weights rise, and those after it.
    const rising = (frames + recency * weight) / (1 + recency);
    const all = Math.max(rising, frames - (RECENT_FRAMES * recency) / (1 + recency));
    const share = weight / all;
    let offset = modelled;
    const start = index * MORPH_COUNT;
    for (let m = 0; m < MORPH_COUNT; m++) {
      offset -= row[m] * shape[m];
      this.rows[start + m] += share * (row[m] - this.rows[start + m]);
    }
    for (let p = 0; p < POSE_ERRORS; p++) {
      const term = index * POSE_ERRORS + p;
      this.poseShares[term] += share * ((poseShares?.[p] ?? 0) - this.poseShares[term]);
    }
    this.seen[index] += share * (seen - this.seen[index]);
    this.offsets[index] += share * (offset - this.offsets[index]);
  }

  /** Returns whether a frame has shown where a measure of the shopper is taken. */
  hasSeen(name: MeasureName): boolean {
    return this.kinds.some(({ shows }, index) => this.frames[index] > 0 && shows.includes(name));
  }

  /** Forgets what was seen. */
  reset(): void {
    for (const array of [this.frames, this.seen, this.offsets, this.rows, this.poseShares]) array.fill(0);
  }
}

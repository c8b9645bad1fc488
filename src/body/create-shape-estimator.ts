/**
 * The shape of one shopper (the mannequin's morph weights), learned from landmarks and outlines.
 *
 * 1. `observeLengths` and `observeOutline` add what a frame shows to the evidence: linear equations of the morph
 *    weights.
 * 2. `update` solves for the most probable weights, given the evidence and the population (`createShapeSolver`).
 */
import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import type { SizedPart } from './body-segments.ts';
import { createLengthObserver } from './create-length-observer.ts';
import { createOutlineObserver } from './create-outline-observer.ts';
import { createShapeSolver, type ShapeEstimate } from './create-shape-solver.ts';
import { createShoulderObserver } from './create-shoulder-observer.ts';
import { hiddenLegs } from './hidden-legs.ts';
import { measureArmpitExcess } from './measure-armpit-excess.ts';
import type { MeasureName } from './measure-names.ts';
import { createOutlineOffsets, type OutlineOffsets } from './outline-offsets.ts';
import type { RestBody } from './rest-body.ts';
import { ShapeEvidence } from './shape-evidence.ts';
import { NOTHING_SHARED } from './shared-unknowns.ts';

/** Error of a stature that the shopper states, metres. */
const STATURE_ERROR = 0.01;

/** The running estimate of one shopper's shape. */
export interface ShapeEstimator {
  /** The most probable shape: the population's mean before anything was seen. */
  readonly estimate: ShapeEstimate;
  /** Returns the covariance of the morph weights (see `ShapeSolver.covariance`). */
  covariance(): Float64Array;
  /** Returns how far morph weights are from the estimate (see `ShapeSolver.squaredDeviation`). */
  squaredDeviation(weights: ArrayLike<number>): number;
  /** Returns whether a frame has shown where a measure is taken. */
  hasSeen(name: MeasureName): boolean;
  /** Returns the learned length of a part of the body, metres (`LengthObserver.learnedLength`). */
  learnedLength(part: SizedPart, metres: number): number;
  /**
   * Adds the lengths between landmarks (`points`: 3 × 33, metres; `visibility`: 33, 0..1; `scale`: metres of `points`
   * to one of the tracker's).
   */
  observeLengths(points: ArrayLike<number>, visibility: ArrayLike<number>, scale: number): void;
  /**
   * Adds the breadths and the shoulders' heights of the mask's outline around a posed body.
   *
   * @param seen.rest The mannequin's joints in the same shape, at rest.
   * @param seen.visibility Of the 33 landmarks, 0..1.
   * @param seen.offsets Receives how far the parts whose outline is seen are beside it.
   */
  observeOutline(
    mask: PersonMask,
    body: PosedBody,
    seen: { rest: RestBody; visibility: ArrayLike<number>; offsets: OutlineOffsets },
  ): void;
  /** Solves for the shape again, after a frame's observations. */
  update(): void;
  /** Sets the shopper's height, metres. Null: it is unknown, and the population's is expected. */
  setStature(metres: number | null): void;
  /** Forgets what was seen, but not the shape that followed from it. */
  forgetSeen(): void;
  /** Forgets the shopper, but not a stature that was set. */
  forget(): void;
}

/** Creates an estimator that has seen nothing; `mannequin`: the body whose morph weights it estimates. */
export function createShapeEstimator(mannequin: Mannequin): ShapeEstimator {
  const lengths = createLengthObserver(mannequin);
  const outline = createOutlineObserver(mannequin);
  const shoulders = createShoulderObserver(mannequin);
  const stature = lengths.kinds.length + outline.kinds.length + shoulders.kinds.length;
  const evidence = new ShapeEvidence([
    ...lengths.kinds,
    ...outline.kinds,
    ...shoulders.kinds,
    { sharedError: STATURE_ERROR, frameError: 0, excess: 0, shared: NOTHING_SHARED, shows: [] },
  ]);
  const solver = createShapeSolver(evidence.kinds, measureArmpitExcess(mannequin));
  const statureRow = crownSlopes(mannequin);
  const lengthTarget = { evidence, first: 0, scale: 1 };
  const outlineTarget = {
    evidence,
    first: 0,
    scale: 1,
    matrices: createSkinMatrices(),
    offsets: createOutlineOffsets(),
    hiddenLegs: 0,
    shared: solver.estimate.shared,
  };
  let statureMetres: number | null = null;

  /** The stature holds in true metres: its equation does not contain the scale. */
  function addStature(): void {
    evidence.frames[stature] = statureMetres === null ? 0 : 1;
    if (statureMetres === null) return;
    evidence.seen[stature] = 0;
    evidence.offsets[stature] = mannequin.statureMetres - statureMetres;
    evidence.rows.set(statureRow, stature * MORPH_COUNT);
  }

  const estimator: ShapeEstimator = {
    estimate: solver.estimate,
    covariance: () => solver.covariance(evidence),
    squaredDeviation: solver.squaredDeviation,
    hasSeen: (name) => evidence.hasSeen(name),
    learnedLength(part, metres) {
      lengthTarget.scale = solver.estimate.scale;
      return lengths.learnedLength(part, metres, lengthTarget);
    },
    observeLengths(points, visibility, scale) {
      lengthTarget.scale = scale;
      lengths.observe(points, visibility, lengthTarget);
    },
    observeOutline(mask, body, { rest, visibility, offsets }) {
      outlineTarget.offsets = offsets;
      outlineTarget.hiddenLegs = hiddenLegs(visibility);
      writeSkinMatrices(body, rest, outlineTarget.matrices);
      outlineTarget.scale = solver.estimate.scale;
      outlineTarget.first = lengths.kinds.length;
      outline.observe(mask, body, outlineTarget);
      outlineTarget.first += outline.kinds.length;
      shoulders.observe(mask, body, outlineTarget);
    },
    update() {
      addStature();
      solver.solve(evidence);
    },
    setStature(metres) {
      // A solution depends a little on where it started. So that the same frames give the same shape however often the
      // stature is set, a repeated stature changes nothing, and another one starts from the population, as `forget`
      // does.
      if (metres === statureMetres) return;
      statureMetres = metres;
      solver.reset();
      estimator.update();
    },
    forgetSeen() {
      evidence.reset();
    },
    forget() {
      evidence.reset();
      solver.reset();
      estimator.update();
    },
  };
  estimator.update();
  return estimator;
}

/** Returns by how many metres each morph's unit raises the highest vertex. */
function crownSlopes({ positions, morphs }: Mannequin): Float64Array {
  let crown = 0;
  for (let v = 1; 3 * v < positions.length; v++) if (positions[3 * v + 1] > positions[3 * crown + 1]) crown = v;
  return Float64Array.from(morphs, (morph) => morph.positions[3 * crown + 1]);
}

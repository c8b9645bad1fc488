// The steps of the body solve that learn the shopper's shape (the mannequin's morph weights) from frame to frame, and
// apply it. In each frame, between other steps:
//
// 1. `scaleLandmarks`: take the scale of the tracker's metres from the shape learned so far.
// 2. `resizeBones`: give trunk and legs of the frame's landmarks the learned lengths.
// 3. `shapeBody`: add the placed landmarks' lengths to the evidence, and give the body the learned shape if that has
//    moved by more than is held back.
// 4. `liftLandmarks`: move hips and knees up by as much as clothes draw their landmarks down.
// 5. `learnOutline`: add the outline of the person mask, and solve for the shape, which the next frame applies.
import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createShapeEstimator } from './create-shape-estimator.ts';
import type { ShapeEstimate } from './create-shape-solver.ts';
import { liftLandmarks } from './lift-landmarks.ts';
import type { MeasureName } from './measure-names.ts';
import type { PoseState } from './pose-state.ts';
import type { PoseStep } from './pose-step.ts';
import { resizeBones } from './resize-bones.ts';
import { shapeRestBody } from './rest-body.ts';
import { sharedIndex } from './shared-unknowns.ts';

/** Smallest change of a length or girth that is worth refitting all garments, metres. */
const SHAPE_STEP_METRES = 0.004;
/**
 * Changes of the shape up to this are held back: the root mean square over the morph weights, each in standard
 * deviations of what is not known of it. So the error of the shape is at most a sixth larger than that of the estimate,
 * √(1 + 0.6²), and cloth does not wobble: the frames of one view share their errors, so the estimate drifts although
 * they tell nothing new.
 */
const HELD_DEVIATIONS = 0.6;
/**
 * All of that is held back from this number of frames on, and at half of it a quarter (`SETTLING_POWER`): in the first
 * frames the garment has just appeared, and each gain lasts.
 */
const SETTLING_FRAMES = 45;
const SETTLING_POWER = 2;

/** Of the shared unknowns: how far hips and knees are found too low. */
const LOW_HIPS = sharedIndex('lowHips');
const LOW_KNEES = sharedIndex('lowKnees');

/** The steps, and what they have learned. Each step reads and changes values of one `PoseState`. */
export interface ShapeSteps {
  /**
   * Sets `scale` (metres of the body to one of the tracker's) from the shape learned: before the landmarks are read.
   */
  scaleLandmarks: PoseStep<'scale'>;
  /** Gives trunk and legs in `world` (3 × 33 landmarks, metres) the learned lengths (`resizeBones`). */
  resizeBones: PoseStep<'world'>;
  /**
   * Learns lengths from `placed` (3 × 33 landmarks, camera space, metres), and changes the shape of `target`, and
   * `rest` (its joints and landmark sites at rest), when the learned shape has moved.
   */
  shapeBody: PoseStep<'placed' | 'visibility' | 'scale' | 'target' | 'rest'>;
  /** Moves the landmarks of hips and knees, in `placed` and `rays`, up by what was learned of how low they are found. */
  liftLandmarks: PoseStep<'placed' | 'rays'>;
  /**
   * Learns breadths from the outline of the person mask (`tracked.mask`) around the posed body `target`. Writes to
   * `middles` how far each part is beside the middle of its outline.
   */
  learnOutline: PoseStep<'tracked' | 'visibility' | 'target' | 'rest' | 'offsets'>;
  /** What was learned of the shape. */
  readonly estimate: ShapeEstimate;
  /** Returns the covariance of the morph weights, MORPH_COUNT × MORPH_COUNT. */
  covariance(): Float64Array;
  /** Returns whether a frame has shown the place where a measure of the shopper is taken. */
  hasSeen(name: MeasureName): boolean;
  /** Sets the shopper's height, metres. Null: it is unknown. */
  setStature(metres: number | null): void;
  /** Forgets the shopper. (`reset` of the steps forgets what was seen, but not the shape that followed from it.) */
  forget(): void;
}

/**
 * Creates the steps for one shopper; they share what they learn. `mannequin`: the body whose morph weights are learned.
 */
export function createShapeSteps(mannequin: Mannequin): ShapeSteps {
  const shape = createShapeEstimator(mannequin);
  /** Number of frames since the shopper came. */
  let frames = 0;

  /** Returns whether a measure of the learned shape differs from `applied` by more than `SHAPE_STEP_METRES`. */
  function isStep(applied: Float32Array): boolean {
    const { weights } = shape.estimate;
    for (let m = 0; m < MORPH_COUNT; m++) {
      const change = Math.abs(weights[m] - applied[m]);
      if ((change * Math.abs(mannequin.morphs[m].cmPerUnit)) / 100 > SHAPE_STEP_METRES) return true;
    }
    return false;
  }

  /** Returns whether the learned shape differs from `applied` by more than is held back. */
  function hasMoved(applied: Float32Array): boolean {
    const held = HELD_DEVIATIONS * Math.min(1, frames / SETTLING_FRAMES) ** SETTLING_POWER;
    return isStep(applied) && shape.squaredDeviation(applied) > MORPH_COUNT * held ** 2;
  }

  /** Writes the learned shape to `target`, but only if it has moved, or if `target` has no shape. */
  function updateShape({ target, rest }: Pick<PoseState, 'target' | 'rest'>): void {
    frames++;
    if (target.shapeVersion > 0 && !hasMoved(target.shape)) return;
    target.shape.set(shape.estimate.weights);
    target.shapeVersion++;
    shapeRestBody(mannequin, target.shape, rest);
  }

  return {
    scaleLandmarks: {
      name: 'scale-landmarks',
      isEssential: true,
      apply(state) {
        state.scale = shape.estimate.scale;
      },
      reset() {
        shape.forgetSeen();
        frames = 0;
      },
    },
    resizeBones: {
      name: 'resize-bones',
      apply({ world }) {
        resizeBones(world, shape);
      },
    },
    shapeBody: {
      name: 'shape-body',
      isEssential: true,
      apply(state) {
        shape.observeLengths(state.placed, state.visibility, state.scale);
        updateShape(state);
      },
    },
    liftLandmarks: {
      name: 'lift-landmarks',
      apply(state) {
        const { shared } = shape.estimate;
        liftLandmarks(state, shared[LOW_HIPS], shared[LOW_KNEES]);
      },
    },
    learnOutline: {
      name: 'learn-outline',
      apply(state) {
        const { tracked, target, offsets } = state;
        offsets.count = 0;
        if (tracked.mask) shape.observeOutline(tracked.mask, target, state);
        shape.update();
      },
    },
    estimate: shape.estimate,
    covariance: shape.covariance,
    hasSeen: shape.hasSeen,
    setStature: shape.setStature,
    forget: shape.forget,
  };
}

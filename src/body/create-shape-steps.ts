import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createShapeEstimator } from './create-shape-estimator.ts';
import type { ShapeEstimate } from './create-shape-solver.ts';
import type { MeasureName } from './measure-names.ts';
import type { PoseState } from './pose-state.ts';
import type { PoseStep } from './pose-step.ts';
import { shapeRestBody } from './rest-body.ts';

/**
 * The shape changes only when a length or girth has changed by more than this, metres: each change refits all garments.
 */
const SHAPE_STEP_METRES = 0.004;

/** The steps that learn the shopper's shape, and apply it. */
export interface ShapeSteps {
  /** Sets the state's scale from the shape learned: before the landmarks are read. */
  scaleLandmarks: PoseStep<'scale'>;
  /**
   * Scales world landmarks to the learned lengths: the model's metres change with the pose of the arms although the
   * picture does not.
   */
  steadyLengths: PoseStep<'world' | 'visibility' | 'scale'>;
  /** Learns lengths from the placed landmarks, and changes the body's shape when a measure moved by more than a step. */
  shapeBody: PoseStep<'placed' | 'visibility' | 'scale' | 'target' | 'rest'>;
  /** Learns breadths and girths from the outline of the person mask around the posed body. */
  learnOutline: PoseStep<'tracked' | 'target' | 'rest' | 'middles'>;
  /** What was learned of the shape. */
  readonly estimate: ShapeEstimate;
  /** Returns the covariance of the morph weights, MORPH_COUNT × MORPH_COUNT. */
  covariance(): Float64Array;
  /** Returns whether a frame has shown where a measure of the shopper is taken. */
  hasSeen(name: MeasureName): boolean;
  /** Sets the shopper's height, metres. Null: it is unknown. */
  setStature(metres: number | null): void;
  /** Forgets the shopper. (`reset` of the steps forgets what was seen, but not the shape that followed from it.) */
  forget(): void;
}

/** Creates the steps for one shopper; they share what they learn. */
export function createShapeSteps(mannequin: Mannequin): ShapeSteps {
  const shape = createShapeEstimator(mannequin);
  const nextShape = new Float32Array(MORPH_COUNT);

  /** Writes the learned shape to `target`, but only if a measure differs by more than a step, or if it has no shape. */
  function updateShape({ target, rest }: Pick<PoseState, 'target' | 'rest'>): void {
    nextShape.set(shape.estimate.weights);
    let step = 0;
    for (let i = 0; i < MORPH_COUNT; i++)
      step = Math.max(step, (Math.abs(nextShape[i] - target.shape[i]) * Math.abs(mannequin.morphs[i].cmPerUnit)) / 100);
    if (step > SHAPE_STEP_METRES || target.shapeVersion === 0) {
      target.shape.set(nextShape);
      target.shapeVersion++;
      shapeRestBody(mannequin, target.shape, rest);
    }
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
      },
    },
    steadyLengths: {
      name: 'steady-lengths',
      apply(state) {
        const { world, visibility } = state;
        const correction = shape.steady(world, visibility);
        for (let i = 0; i < world.length; i++) world[i] *= correction;
        state.scale *= correction;
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
    learnOutline: {
      name: 'learn-outline',
      apply({ tracked, target, rest, middles }) {
        middles.count = 0;
        if (tracked.mask) shape.observeOutline(tracked.mask, target, rest, middles);
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

import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createGirthEstimator } from './create-girth-estimator.ts';
import { createLengthEstimator } from './create-length-estimator.ts';
import type { PoseState } from './pose-state.ts';
import type { PoseStep } from './pose-step.ts';
import { shapeRestBody } from './rest-body.ts';

/**
 * The shape changes only when a length or girth has changed by more than this, metres: each change refits all garments.
 */
const SHAPE_STEP_METRES = 0.004;

/** The steps that learn the shopper's lengths and girths, and apply them. */
export interface ShapeSteps {
  /** Sets the state's scale from the learned lengths: before the landmarks are read. */
  scaleLandmarks: PoseStep<'scale'>;
  /** Scales world landmarks to the learned lengths: the model's metres change with the pose of the arms although the picture does not. */
  steadyLengths: PoseStep<'world' | 'visibility' | 'scale'>;
  /** Learns lengths from the placed landmarks, and changes the shape when a measure moved by more than a step. */
  shapeBody: PoseStep<'placed' | 'visibility' | 'scale' | 'target' | 'rest'>;
  /** Learns girths from the person mask and the posed body. */
  learnGirths: PoseStep<'tracked' | 'target'>;
  /** Sets the shopper's height, metres. Null: it is unknown. */
  setStature(metres: number | null): void;
}

/** Creates the steps for one shopper; they share what they learn. */
export function createShapeSteps(mannequin: Mannequin): ShapeSteps {
  const lengths = createLengthEstimator(mannequin);
  const girths = createGirthEstimator(mannequin);
  const nextShape = new Float32Array(MORPH_COUNT);

  /** Writes the learned shape to `target`, but only if a measure differs by more than a step, or if it has no shape. */
  function updateShape({ target, rest }: Pick<PoseState, 'target' | 'rest'>): void {
    nextShape.set(target.shape);
    lengths.writeShape(nextShape);
    girths.writeShape(nextShape);
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
        state.scale = lengths.scale();
      },
      reset() {
        lengths.reset();
      },
    },
    steadyLengths: {
      name: 'steady-lengths',
      apply(state) {
        const { world, visibility } = state;
        const correction = lengths.steady(world, visibility);
        for (let i = 0; i < world.length; i++) world[i] *= correction;
        state.scale *= correction;
      },
    },
    shapeBody: {
      name: 'shape-body',
      isEssential: true,
      apply(state) {
        lengths.observe(state.placed, state.visibility, state.scale);
        updateShape(state);
      },
    },
    learnGirths: {
      name: 'learn-girths',
      apply({ tracked, target }) {
        if (tracked.mask) girths.observe(tracked.mask, target);
      },
      reset() {
        girths.reset();
      },
    },
    setStature: lengths.setStature,
  };
}

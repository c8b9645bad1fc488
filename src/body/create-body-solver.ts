import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { createPoseSteps } from './create-pose-steps.ts';
import { createShapeSteps } from './create-shape-steps.ts';
import type { MeasureName } from './measure-names.ts';
import { createPoseState, type PoseState } from './pose-state.ts';
import { shapeRestBody } from './rest-body.ts';

/**
 * Computes the posed and shaped body of one shopper from tracked frames, and keeps what it learns of the shopper
 * (lengths, girths, whether front or back faces the camera) from frame to frame: for each frame, `solve` applies an
 * ordered list of steps to one state (`createPoseSteps`, `PoseState`).
 */
export interface BodySolver {
  /**
   * Writes the body in `tracked` (landmarks, person mask and time of a frame) into `target`, in camera space, metres;
   * `target.found` says whether there is a body. Pass the same target for every frame: its shape is kept. While front
   * and back view cannot be distinguished, the previous pose stays. `isDepthMeasured` is the tracker's `measuresDepth`;
   * if it is false, the tracker guesses depths, and those of trunk and legs are corrected. Allocates nothing after the
   * first frame.
   */
  solve(tracked: TrackedFrame, target: PosedBody, isDepthMeasured: boolean): void;
  /** Returns the covariance of the shape's morph weights, MORPH_COUNT × MORPH_COUNT: how sure the solver is of it. */
  shapeCovariance(): Float64Array;
  /** Returns whether a frame has shown the place of the body where a measure is taken. */
  hasSeen(name: MeasureName): boolean;
  /** Sets the shopper's height, centimetres. Null: it is unknown, and estimated from the frames and the population. */
  setStature(centimetres: number | null): void;
  /** Discards all that was learned of the shopper, and the state of the smoothing. */
  reset(): void;
}

/** How to solve. */
export interface BodySolverOptions {
  /** Names of steps to leave out, in order to measure what they improve. None by default. */
  without?: readonly string[];
}

/**
 * Rounds in which the first frame is solved. The shape that one round learns gives a better pose, from which the next
 * learns the shape again; so one photo is enough. A further round changes the girths by less than a millimetre.
 */
const FIRST_ROUNDS = 5;

/** Creates a solver for one shopper in front of one camera; `mannequin` is the body that it shapes and poses. */
export function createBodySolver(mannequin: Mannequin, { without = [] }: BodySolverOptions = {}): BodySolver {
  const shape = createShapeSteps(mannequin);
  const steps = createPoseSteps(shape, without);
  let state: PoseState | null = null;
  /** Whether no frame has shown a body yet. */
  let isNew = true;

  function stateOf(tracked: TrackedFrame, target: PosedBody): PoseState {
    if (state === null) {
      state = createPoseState(tracked, target);
      shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), state.rest);
    }
    state.tracked = tracked;
    state.target = target;
    return state;
  }

  /** Forgets what frames taught, but not the shape that followed from them. */
  function forgetFrames(): void {
    for (const step of steps) step.reset?.();
    if (state !== null) state.usualDistanceMetres = 0;
  }

  return {
    solve(tracked, target, isDepthMeasured) {
      const wasFound = target.found;
      const current = stateOf(tracked, target);
      current.isDepthMeasured = isDepthMeasured;
      for (let round = isNew ? FIRST_ROUNDS : 1; round > 0; round--) {
        if (isNew) forgetFrames();
        current.outcome = 'body';
        for (const step of steps) {
          step.apply(current);
          if (current.outcome !== 'body') break;
        }
      }
      if (current.outcome === 'body') isNew = false;
      target.found = current.outcome === 'body' || (current.outcome === 'previous' && wasFound);
    },
    shapeCovariance: shape.covariance,
    hasSeen: shape.hasSeen,
    setStature(centimetres) {
      shape.setStature(centimetres === null ? null : centimetres / 100);
    },
    reset() {
      forgetFrames();
      shape.forget();
      isNew = true;
    },
  };
}

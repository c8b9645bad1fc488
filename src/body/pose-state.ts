import { Vector3 } from 'three';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { createOutlineOffsets, type OutlineOffsets } from './outline-offsets.ts';
import { createRestBody, type RestBody } from './rest-body.ts';

/**
 * How a frame ends: `body`: with a new pose; `none`: without a body; `previous`: the frame is unusable, and what was
 * found in the frame before stays.
 */
export type PoseOutcome = 'body' | 'none' | 'previous';

/**
 * All values that the steps of the body solve share (`PoseStep`): each step reads some of them and changes others.
 * Camera axes: +x right and +y up in the picture, +z towards the viewer. Arrays are in BlazePose's order of landmarks.
 */
export interface PoseState {
  /** The frame, as tracked: landmarks, person mask, time in milliseconds, size in pixels. */
  tracked: TrackedFrame;
  /** Receives the body. At first it holds that of the frame before. */
  target: PosedBody;
  /** Whether the tracker measures the depth of world landmarks; false: it guesses them, and steps correct them. */
  isDepthMeasured: boolean;
  /** `body` before the first step. A step that sets another outcome ends the frame. */
  outcome: PoseOutcome;
  /** Metres of the body per metre of the tracker's world landmarks. */
  scale: number;
  /** 2 × 33: x, y of each landmark's image point on the plane z = −1 in camera space. */
  rays: Float64Array;
  /** 3 × 33: landmarks relative to the middle of the hips, metres of the body, camera axes. */
  world: Float64Array;
  /** 33 values, 0..1; lower outside the picture, where the tracker guesses. */
  visibility: Float64Array;
  /**
   * Slope z / y of the line from hips to shoulders of a person who stands upright, positive when the shoulders are in
   * front; null: the mannequin's.
   */
  uprightSlope: number | null;
  /** From the origin of `world` to camera space, metres. */
  translation: Vector3;
  /** Distance of the body from the camera over the last seconds, metres; 0: not known yet. */
  usualDistanceMetres: number;
  /** 3 × 33: landmarks in camera space, metres. */
  placed: Float64Array;
  /** Joints and landmark sites of the mannequin at rest, in the shape of `target`. */
  rest: RestBody;
  /** The parts whose outline this frame shows, and how far each, as posed before, is beside it. */
  offsets: OutlineOffsets;
}

/** Creates the state for one shopper; `tracked` and `target` are set for each frame. */
export function createPoseState(tracked: TrackedFrame, target: PosedBody): PoseState {
  return {
    tracked,
    target,
    isDepthMeasured: false,
    outcome: 'body',
    scale: 1,
    rays: new Float64Array(2 * LANDMARK_COUNT),
    world: new Float64Array(3 * LANDMARK_COUNT),
    visibility: new Float64Array(LANDMARK_COUNT),
    uprightSlope: null,
    translation: new Vector3(),
    usualDistanceMetres: 0,
    placed: new Float64Array(3 * LANDMARK_COUNT),
    rest: createRestBody(),
    offsets: createOutlineOffsets(),
  };
}

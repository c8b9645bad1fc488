import type { Body, PosedBody } from '../../src/body/body.ts';
import { createBodyMeasurer, type Measurements } from '../../src/body/create-body-measurer.ts';
import { createPosedBody } from '../../src/body/create-posed-body.ts';
import { describeBody } from '../../src/body/describe-body.ts';
import type { Outfit } from '../../src/cloth/create-outfit.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { createFrameSolver, solveFrame } from '../../src/session/solve-frame.ts';
import { type Clip, clipArrays, trackedOf } from './clip.ts';
import { jointBones, jointNames } from './judge-fit.ts';

/** The properties of the body in one frame from which the figures are computed. */
export interface SeenBody {
  /** Joints in the order of `jointNames`, camera space (+x right, +y up, −z away), metres. Null without a person. */
  joints: [number, number, number][] | null;
  /** Mean of neck and shoulder joints in the picture, pixels from the top left. Null without a person. */
  anchorPx: [number, number] | null;
  /** Distance of the shoulder joints in the picture, pixels. */
  shoulderPx: number;
  /** Girths and lengths of the body by name, centimetres. Null without a person. */
  measures: Record<string, number> | null;
}

/**
 * A `PosedBody` with plain arrays, which JSON can write: by bone the joint's position (camera space, metres), rotation
 * from the rest pose (quaternion x, y, z, w) and confidence (0..1), and the morph weights (`shape`).
 */
export type SentBody = Pick<PosedBody, 'found' | 'camera' | 'shapeVersion'> &
  Record<'positions' | 'rotations' | 'shape' | 'confidence', number[]>;

/** All bodies of a clip, and what the last frame says of the shape. */
export interface SolvedClip {
  /** By frame: properties for the figures, and all that a page needs to draw the body. */
  frames: SeenBody[];
  bodies: SentBody[];
  /** Times of `solveFrame` (body and garments) by frame, milliseconds. */
  bodyMs: number[];
  /** Morph weights of the body in the last frame, in the order of `morphNames`. */
  weights: number[];
  /** Girths and lengths, centimetres, that `measure()` of a room gives after the last frame. */
  measurements: Measurements;
}

const NOT_FOUND: SeenBody = { joints: null, anchorPx: null, shoulderPx: 0, measures: null };

/** Projects a point (camera space, metres) to the picture (pixels). */
function project([x, y, z]: readonly number[], { fovYDegrees, width, height }: Body['camera']): [number, number] {
  const focal = height / 2 / Math.tan((fovYDegrees * Math.PI) / 360);
  return [width / 2 + (focal * x) / -z, height / 2 - (focal * y) / -z];
}

/** Returns the properties of a found body from which the figures are computed. */
function seeBody({ joints, camera, shape }: Body): SeenBody {
  const anchors = (['neck', 'leftUpperArm', 'rightUpperArm'] as const).map((bone) => project(joints[bone], camera));
  const [, left, right] = anchors;
  return {
    joints: jointNames.map((name) => [...joints[jointBones[name]]]),
    anchorPx: [0, 1].map((axis) => anchors.reduce((sum, anchor) => sum + anchor[axis] / 3, 0)) as [number, number],
    shoulderPx: Math.hypot(left[0] - right[0], left[1] - right[1]),
    measures: shape,
  };
}

/** Copies a body, which the solver overwrites in the next frame. */
function copyBody({ found, camera, shapeVersion, positions, rotations, shape, confidence }: PosedBody): SentBody {
  return {
    found,
    camera: { ...camera },
    shapeVersion,
    positions: [...positions],
    rotations: [...rotations],
    shape: [...shape],
    confidence: [...confidence],
  };
}

/** Which frames are solved, and what is known of the person. */
export interface SolveOptions {
  /** Number of frames to solve; all by default. */
  count?: number;
  /** The person's height that the room is told, centimetres: the clip's by default, null where it is told none. */
  stature?: number | null;
  /** Names of steps of the body solve to leave out; none by default. */
  without?: readonly string[];
}

/**
 * Solves the bodies of a clip (a filmed and tracked person) in Node, as a fitting room does after its start, and fits
 * `garments` to them. The bodies are shapes of `mannequin`, a parametric body.
 */
export function solveClip(
  clip: Clip,
  mannequin: Mannequin,
  garments: Pick<Outfit, 'fit' | 'startAnew'>,
  { count = clipArrays(clip).timesMs.length, stature = clip.value.stature, without }: SolveOptions = {},
): SolvedClip {
  const { measuresDepth } = clip.value;
  const solver = createFrameSolver({ mannequin, garments, stature, isDepthMeasured: measuresDepth, without });
  const measurer = createBodyMeasurer(mannequin, solver.body);
  const posed = createPosedBody();
  const solved: SolvedClip = { frames: [], bodies: [], bodyMs: [], weights: [], measurements: {} };
  for (let frame = 0; frame < count; frame++) {
    const tracked = trackedOf(clip, frame);
    const beganMs = performance.now();
    solveFrame(solver, tracked, posed);
    solved.bodyMs.push(performance.now() - beganMs);
    const body = describeBody(posed, measurer);
    solved.frames.push(body ? seeBody(body) : NOT_FOUND);
    solved.bodies.push(copyBody(posed));
  }
  solved.weights = [...posed.shape];
  solved.measurements = measurer.measure(posed);
  return solved;
}

import { Vector3 } from 'three';
import {
  BONE_COUNT,
  type BoneName,
  boneNames,
  boneParents,
  type Mannequin,
  MORPH_COUNT,
} from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { OneEuroFilter } from '../math/one-euro-filter.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { createFacingKeeper } from './create-facing-keeper.ts';
import { createGirthEstimator } from './create-girth-estimator.ts';
import { createLengthEstimator } from './create-length-estimator.ts';
import { createTrunkStraightener, UPRIGHT_LEAN } from './create-trunk-straightener.ts';
import { estimateCamera } from './estimate-camera.ts';
import { landmarkIndex } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { settleHips } from './settle-hips.ts';
import { settleLimbs } from './settle-limbs.ts';
import { solveSkeleton } from './solve-skeleton.ts';
import { solveTranslation } from './solve-translation.ts';

/** Below this pose score there is no body in the frame (MediaPipe's own threshold). */
const MIN_SCORE = 0.5;
/** Below this mean visibility of the shoulders, 0..1, the trunk is not in the picture and the frame has no body. */
const MIN_TRUNK_VISIBILITY = 0.3;
/** Least distance of a landmark from the camera, metres. */
const MIN_DEPTH_METRES = 0.1;

/**
 * By landmark: its weight, 0..1, when the body's translation is solved. The trunk has the largest weights. Knees and
 * ankles make the distance steadier, because a trunk is narrow from the side; their weights are lower because they move
 * relative to the trunk.
 */
const ANCHOR_WEIGHTS = new Float64Array(LANDMARK_COUNT);
for (const landmark of [
  landmarkIndex.leftShoulder,
  landmarkIndex.rightShoulder,
  landmarkIndex.leftHip,
  landmarkIndex.rightHip,
])
  ANCHOR_WEIGHTS[landmark] = 1;
for (const landmark of [landmarkIndex.leftKnee, landmarkIndex.rightKnee]) ANCHOR_WEIGHTS[landmark] = 0.6;
for (const landmark of [landmarkIndex.leftAnkle, landmarkIndex.rightAnkle]) ANCHOR_WEIGHTS[landmark] = 0.4;
/**
 * Factor of the visibility of a landmark outside the picture: the tracker guesses it but may report a high visibility.
 */
const OUTSIDE_FACTOR = 0.4;
/** Smallest visibility in a weight: a landmark that is not visible still shows roughly where the trunk is. */
const MIN_ANCHOR_VISIBILITY = 0.05;

/**
 * One Euro filter of the body's distance: cutoffs in Hz, beta in Hz / (m/s). Depth is the noisiest axis, and it changes
 * the size of the garment on screen, so it is smoothed more than x and y, which the tracker smooths already. The filter
 * follows a step towards the camera within 150 ms.
 */
const DISTANCE_SMOOTHING = { minCutoff: 0.6, beta: 1.5, derivativeCutoff: 1 };
/**
 * The same for each landmark's depth relative to the body; it follows faster, because arms move faster than the body.
 */
const RELATIVE_DEPTH_SMOOTHING = { minCutoff: 1, beta: 1.2, derivativeCutoff: 1 };

/**
 * The shape changes only when a length or girth has changed by more than this, metres: each change refits all garments.
 */
const SHAPE_STEP_METRES = 0.004;

/**
 * Bone → the landmarks that determine it. Their smallest visibility is the bone's confidence; a bone without an entry
 * has its parent's confidence.
 */
const BONE_LANDMARKS: Partial<Record<BoneName, readonly number[]>> = {
  // The trunk is rigid: visible shoulders also tell where hips outside the picture are.
  hips: [landmarkIndex.leftShoulder, landmarkIndex.rightShoulder],
  head: [landmarkIndex.nose],
  leftShoulder: [landmarkIndex.leftShoulder],
  leftUpperArm: [landmarkIndex.leftShoulder, landmarkIndex.leftElbow],
  leftLowerArm: [landmarkIndex.leftElbow, landmarkIndex.leftWrist],
  leftHand: [landmarkIndex.leftWrist],
  rightShoulder: [landmarkIndex.rightShoulder],
  rightUpperArm: [landmarkIndex.rightShoulder, landmarkIndex.rightElbow],
  rightLowerArm: [landmarkIndex.rightElbow, landmarkIndex.rightWrist],
  rightHand: [landmarkIndex.rightWrist],
  leftUpperLeg: [landmarkIndex.leftHip, landmarkIndex.leftKnee],
  leftLowerLeg: [landmarkIndex.leftKnee, landmarkIndex.leftAnkle],
  leftFoot: [landmarkIndex.leftAnkle],
  rightUpperLeg: [landmarkIndex.rightHip, landmarkIndex.rightKnee],
  rightLowerLeg: [landmarkIndex.rightKnee, landmarkIndex.rightAnkle],
  rightFoot: [landmarkIndex.rightAnkle],
};

/** The same landmarks by index into `boneNames`. */
const LANDMARKS_BY_BONE: readonly (readonly number[])[] = boneNames.map((name) => BONE_LANDMARKS[name] ?? []);

/**
 * Computes the posed and shaped body of one shopper from tracked frames, and keeps what it learns of the shopper
 * (lengths, girths, whether front or back faces the camera) from frame to frame. For each frame, `solve` does:
 *
 * 1. Assume a camera for the frame size, and read the landmarks as image rays and as points in metres in camera axes.
 * 2. Decide whether the shopper faces the camera (`createFacingKeeper`).
 * 3. If the tracker guesses depth, straighten the trunk (`createTrunkStraightener`). Scale the points to the learned
 *    lengths.
 * 4. Solve for the translation that brings the points onto their rays, and smooth its distance.
 * 5. Place each landmark on its ray, so that the body follows the picture exactly.
 * 6. Learn lengths, and change the shape when they moved by more than a step. Settle hips and limbs.
 * 7. Pose the bones (`solveSkeleton`). Learn girths from the person mask.
 */
export interface BodySolver {
  /**
   * Writes the body in `tracked` into `target`, in camera space, metres; `target.found` says whether there is a body.
   * Pass the same target for every frame: its shape is kept. While front and back view cannot be distinguished, the
   * previous pose stays. `isDepthMeasured` is the tracker's `measuresDepth`; if it is false, the depth of the trunk is
   * corrected. Allocates nothing.
   */
  solve(tracked: TrackedFrame, target: PosedBody, isDepthMeasured: boolean): void;
  /** Sets the shopper's height, centimetres. Null: it is unknown, and the mannequin's height is assumed. */
  setStature(centimetres: number | null): void;
  /** Discards all that was learned of the shopper, and the state of the smoothing. */
  reset(): void;
}

/** Creates a solver for one shopper in front of one camera; `mannequin` is the body that it shapes and poses. */
export function createBodySolver(mannequin: Mannequin): BodySolver {
  const lengths = createLengthEstimator(mannequin);
  const girths = createGirthEstimator(mannequin);
  const trunk = createTrunkStraightener();
  const facing = createFacingKeeper();
  const distanceSmoother = new OneEuroFilter(1, DISTANCE_SMOOTHING);
  const relativeDepthSmoother = new OneEuroFilter(LANDMARK_COUNT, RELATIVE_DEPTH_SMOOTHING);
  const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
  /** x, y of the image points on the plane z = −1 in camera space. */
  const rays = new Float64Array(2 * LANDMARK_COUNT);
  /** x, y, z in metres from the middle of the hips, in camera axes. */
  const world = new Float64Array(3 * LANDMARK_COUNT);
  const weights = new Float64Array(LANDMARK_COUNT);
  const visibility = new Float64Array(LANDMARK_COUNT);
  const relativeDepths = new Float64Array(LANDMARK_COUNT);
  const distance = new Float64Array(1);
  /** x, y, z in camera space, metres. */
  const placed = new Float64Array(3 * LANDMARK_COUNT);
  const nextShape = new Float32Array(MORPH_COUNT);
  const translation = new Vector3();

  /**
   * Steps 1 and 2: writes `rays`, `world` (multiplied by `scale`), `visibility` and `weights`. Returns false while
   * front and back view cannot be distinguished.
   */
  function read(tracked: TrackedFrame, target: PosedBody, scale: number): boolean {
    const { landmarks, worldLandmarks } = tracked;
    const { width, height, fovYDegrees } = target.camera;
    const halfHeight = halfHeightAtUnitDistance(fovYDegrees);
    const halfWidth = (halfHeight * width) / height;
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const start = LANDMARK_VALUES * i;
      const x = landmarks[start];
      const y = landmarks[start + 1];
      rays[2 * i] = (2 * x - 1) * halfWidth;
      rays[2 * i + 1] = (1 - 2 * y) * halfHeight;
      world[3 * i] = scale * worldLandmarks[start];
      world[3 * i + 1] = -scale * worldLandmarks[start + 1];
      world[3 * i + 2] = -scale * worldLandmarks[start + 2];
      const isInside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
      visibility[i] = landmarks[start + 3] * (isInside ? 1 : OUTSIDE_FACTOR);
    }
    const isBody = facing.keep(world, rays, visibility, tracked.timeMs);
    for (let i = 0; i < LANDMARK_COUNT; i++)
      weights[i] = ANCHOR_WEIGHTS[i] * Math.max(MIN_ANCHOR_VISIBILITY, visibility[i]);
    return isBody;
  }

  /** Steps 4 and 5: smooths the depths and writes `placed`. */
  function place(timeMs: number): void {
    for (let i = 0; i < LANDMARK_COUNT; i++) relativeDepths[i] = world[3 * i + 2];
    relativeDepthSmoother.apply(relativeDepths, timeMs);
    distance[0] = translation.z;
    distanceSmoother.apply(distance, timeMs);
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const depth = Math.max(MIN_DEPTH_METRES, -(distance[0] + relativeDepths[i]));
      placed[3 * i] = rays[2 * i] * depth;
      placed[3 * i + 1] = rays[2 * i + 1] * depth;
      placed[3 * i + 2] = -depth;
    }
  }

  /**
   * Step 6: writes the lengths and girths learned so far to `target.shape`, but only if one of them differs from it by
   * more than `SHAPE_STEP_METRES`, or if there was no shape yet.
   */
  function updateShape(target: PosedBody): void {
    nextShape.set(target.shape);
    lengths.writeShape(nextShape);
    girths.writeShape(nextShape);
    let step = 0;
    for (let i = 0; i < MORPH_COUNT; i++) {
      step = Math.max(step, (Math.abs(nextShape[i] - target.shape[i]) * Math.abs(mannequin.morphs[i].cmPerUnit)) / 100);
    }
    if (step > SHAPE_STEP_METRES || target.shapeVersion === 0) {
      target.shape.set(nextShape);
      target.shapeVersion++;
      shapeRestBody(mannequin, target.shape, rest);
    }
  }

  /** Writes each bone's confidence, parents first. */
  function writeConfidence(target: PosedBody): void {
    for (let bone = 0; bone < BONE_COUNT; bone++) {
      const landmarks = LANDMARKS_BY_BONE[bone];
      let confidence = landmarks.length > 0 ? 1 : target.confidence[boneParentOrSelf(bone)];
      for (const landmark of landmarks) confidence = Math.min(confidence, visibility[landmark]);
      target.confidence[bone] = confidence;
    }
  }

  return {
    solve(tracked, target, isDepthMeasured) {
      const wasFound = target.found;
      target.found = false;
      if (tracked.score < MIN_SCORE) return;
      estimateCamera(tracked.width, tracked.height, target.camera);
      const scale = lengths.scale();
      // While the landmarks flip between front and back view the frame is unusable: keep the previous pose.
      if (!read(tracked, target, scale)) {
        target.found = wasFound;
        return;
      }
      if ((visibility[landmarkIndex.leftShoulder] + visibility[landmarkIndex.rightShoulder]) / 2 < MIN_TRUNK_VISIBILITY)
        return;
      if (!isDepthMeasured) trunk.straighten(world, rays, scale);
      // The model's metres change with the pose of the arms although the picture does not: scale them to the learned
      // lengths.
      const correction = lengths.steady(world, visibility);
      for (let i = 0; i < world.length; i++) world[i] *= correction;
      if (!solveTranslation(world, rays, weights, translation)) return;
      trunk.noteDistance(-translation.z, tracked.timeMs);
      place(tracked.timeMs);
      lengths.observe(placed, visibility, scale * correction);
      updateShape(target);
      settleHips(placed, rest);
      settleLimbs(placed, rest.sites);
      if (!solveSkeleton(placed, rest, isDepthMeasured ? null : UPRIGHT_LEAN, target)) return;
      if (tracked.mask) girths.observe(tracked.mask, target);
      writeConfidence(target);
      target.found = true;
    },
    setStature(centimetres) {
      lengths.setStature(centimetres === null ? null : centimetres / 100);
    },
    reset() {
      trunk.reset();
      facing.reset();
      lengths.reset();
      girths.reset();
      distanceSmoother.reset();
      relativeDepthSmoother.reset();
    },
  };
}

function boneParentOrSelf(bone: number): number {
  return Math.max(0, boneParents[bone]);
}

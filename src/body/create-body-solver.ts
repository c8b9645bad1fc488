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
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { settleHips } from './settle-hips.ts';
import { settleLimbs } from './settle-limbs.ts';
import { solveSkeleton } from './solve-skeleton.ts';
import { solveTranslation } from './solve-translation.ts';

/** Below this pose score there is nobody (MediaPipe's own threshold). */
const MIN_SCORE = 0.5;
/** The trunk is shown when its shoulders are seen at least this well. */
const MIN_TRUNK_VISIBILITY = 0.3;
/** Nearest a landmark may be placed, metres: a camera sees no body closer. */
const MIN_DEPTH_METRES = 0.1;

/** The trunk says where the body stands. Knees and ankles, with less say since they move on their own, steady its distance: from the side a trunk is narrow. */
const anchorWeights = new Float64Array(LANDMARK_COUNT);
for (const landmark of [at.leftShoulder, at.rightShoulder, at.leftHip, at.rightHip]) anchorWeights[landmark] = 1;
for (const landmark of [at.leftKnee, at.rightKnee]) anchorWeights[landmark] = 0.6;
for (const landmark of [at.leftAnkle, at.rightAnkle]) anchorWeights[landmark] = 0.4;
/** Beyond the picture's edge the model guesses, whatever it says of visibility. */
const OUTSIDE_TRUST = 0.4;
/** A landmark outside the picture still hints at the trunk's place. */
const MIN_ANCHOR_VISIBILITY = 0.05;

/**
 * Depth is the noisy axis and moves the garment's size on screen, so it is calmer than x and y, which come smoothed from
 * the tracker and follow the picture exactly. Hz; β per (m/s): a step towards the camera is followed within 150 ms.
 */
const distanceFilter = { minCutoff: 0.6, beta: 1.5, derivativeCutoff: 1 };
/** Depth of each landmark relative to the body: arms move faster than the body does. */
const reliefFilter = { minCutoff: 1, beta: 1.2, derivativeCutoff: 1 };

/** Shape changes the mesh and so the fit of every garment; a smaller change of a length or girth is not worth it, metres. */
const SHAPE_STEP_METRES = 0.004;

/** Landmarks that a bone is known by; a bone not named here is as sure as its parent. */
const boneEvidence: Partial<Record<BoneName, readonly number[]>> = {
  // The trunk is one piece: seen shoulders tell where hips beyond the picture's edge are.
  hips: [at.leftShoulder, at.rightShoulder],
  head: [at.nose],
  leftShoulder: [at.leftShoulder],
  leftUpperArm: [at.leftShoulder, at.leftElbow],
  leftLowerArm: [at.leftElbow, at.leftWrist],
  leftHand: [at.leftWrist],
  rightShoulder: [at.rightShoulder],
  rightUpperArm: [at.rightShoulder, at.rightElbow],
  rightLowerArm: [at.rightElbow, at.rightWrist],
  rightHand: [at.rightWrist],
  leftUpperLeg: [at.leftHip, at.leftKnee],
  leftLowerLeg: [at.leftKnee, at.leftAnkle],
  leftFoot: [at.leftAnkle],
  rightUpperLeg: [at.rightHip, at.rightKnee],
  rightLowerLeg: [at.rightKnee, at.rightAnkle],
  rightFoot: [at.rightAnkle],
};

const evidenceByBone: readonly (readonly number[])[] = boneNames.map((name) => boneEvidence[name] ?? []);

/** From tracked frames of one person to that person's posed body. Keeps what it learned of the person between frames. */
export interface BodySolver {
  /**
   * Writes the body of `tracked` into `target`; `target.found` tells whether there is one. `isDepthMeasured`: what the
   * tracker declares (`Tracker.measuresDepth`); where it is false, the trunk's depth is corrected. Allocates nothing.
   */
  solve(tracked: TrackedFrame, target: PosedBody, isDepthMeasured: boolean): void;
  /** The shopper's height in centimetres, or null where unknown: the mannequin's own is then assumed. */
  setStature(centimetres: number | null): void;
  /** Forgets the person. */
  reset(): void;
}

/** Creates the solver for one shopper in front of one camera. */
export function createBodySolver(mannequin: Mannequin): BodySolver {
  const lengths = createLengthEstimator(mannequin);
  const girths = createGirthEstimator(mannequin);
  const trunk = createTrunkStraightener();
  const facing = createFacingKeeper();
  const distanceSmoother = new OneEuroFilter(1, distanceFilter);
  const reliefSmoother = new OneEuroFilter(LANDMARK_COUNT, reliefFilter);
  const rest = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
  const rays = new Float64Array(2 * LANDMARK_COUNT);
  const world = new Float64Array(3 * LANDMARK_COUNT);
  const weights = new Float64Array(LANDMARK_COUNT);
  const visibility = new Float64Array(LANDMARK_COUNT);
  const relief = new Float64Array(LANDMARK_COUNT);
  const distance = new Float64Array(1);
  const placed = new Float64Array(3 * LANDMARK_COUNT);
  const nextShape = new Float32Array(MORPH_COUNT);
  const translation = new Vector3();

  /** Reads the frame into image rays and scaled, camera-oriented world points. False when they are no body's. */
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
      visibility[i] = landmarks[start + 3] * (isInside ? 1 : OUTSIDE_TRUST);
    }
    const isBody = facing.keep(world, rays, visibility, tracked.timeMs);
    for (let i = 0; i < LANDMARK_COUNT; i++)
      weights[i] = anchorWeights[i] * Math.max(MIN_ANCHOR_VISIBILITY, visibility[i]);
    return isBody;
  }

  /** Puts every landmark on its image ray at its smoothed depth. */
  function place(timeMs: number): void {
    for (let i = 0; i < LANDMARK_COUNT; i++) relief[i] = world[3 * i + 2];
    reliefSmoother.apply(relief, timeMs);
    distance[0] = translation.z;
    distanceSmoother.apply(distance, timeMs);
    for (let i = 0; i < LANDMARK_COUNT; i++) {
      const depth = Math.max(MIN_DEPTH_METRES, -(distance[0] + relief[i]));
      placed[3 * i] = rays[2 * i] * depth;
      placed[3 * i + 1] = rays[2 * i + 1] * depth;
      placed[3 * i + 2] = -depth;
    }
  }

  /** Takes over the lengths and girths learned so far once they differ from those in use by more than a step. */
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

  function writeConfidence(target: PosedBody): void {
    for (let bone = 0; bone < BONE_COUNT; bone++) {
      const evidence = evidenceByBone[bone];
      let confidence = evidence.length > 0 ? 1 : target.confidence[boneParentOrSelf(bone)];
      for (const landmark of evidence) confidence = Math.min(confidence, visibility[landmark]);
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
      // Between two sides nothing is known; the pose of the frame before is nearer than none.
      if (!read(tracked, target, scale)) {
        target.found = wasFound;
        return;
      }
      if ((visibility[at.leftShoulder] + visibility[at.rightShoulder]) / 2 < MIN_TRUNK_VISIBILITY) return;
      if (!isDepthMeasured) trunk.straighten(world, rays, scale);
      // The model's metres grow and shrink with the pose of the arms, the picture does not.
      const steady = lengths.steady(world, visibility);
      for (let i = 0; i < world.length; i++) world[i] *= steady;
      if (!solveTranslation(world, rays, weights, translation)) return;
      trunk.noteDistance(-translation.z, tracked.timeMs);
      place(tracked.timeMs);
      lengths.observe(placed, visibility, scale * steady);
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
      reliefSmoother.reset();
    },
  };
}

function boneParentOrSelf(bone: number): number {
  return Math.max(0, boneParents[bone]);
}

import { Quaternion, Vector3 } from 'three';
import {
  type BoneName,
  boneIndex,
  type Mannequin,
  MORPH_COUNT,
  type MorphName,
  morphIndex,
} from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { createBuildModel, type SeenGirth } from './create-build-model.ts';
import { cutTrunkSlice, type TrunkSlice } from './cut-trunk-slice.ts';
import { measureSilhouette } from './measure-silhouette.ts';

/**
 * Girths that a silhouette shows, each with the bone that carries its level; `seek`: how far up and down the narrowest place is looked for, metres;
 * `narrower`, `wider`: how many times a narrower and a wider sight than the mean counts; `bias`: morph weights that it is seen too small by. Not the chest's: arms that hang hide it,
 * and arms that are lifted take its skin along.
 */
const levels: readonly {
  morph: MorphName;
  bone: BoneName;
  isClothed: boolean;
  seek: number;
  narrower: number;
  wider: number;
  bias: number;
}[] = [
  { morph: 'waist', bone: 'spine', isClothed: true, seek: 0, narrower: 1, wider: 1, bias: 0 },
  { morph: 'hip', bone: 'hips', isClothed: true, seek: 0, narrower: 1, wider: 1, bias: 0 },
  // A neck that is placed a little high or low is looked for in vain, and chin, hair and hands only ever widen it. Pose models' masks are narrower there, on each
  // mannequin by about as much.
  { morph: 'neck', bone: 'neck', isClothed: false, seek: 0.04, narrower: 5, wider: 0.2, bias: 0.47 },
];
/** Step of that search, metres. */
const SEEK_STEP_METRES = 0.01;
/** What no landmark and no silhouette of this solve shows: as is to be expected of somebody of that sex, size and build. */
const unseenMorphs = (
  [
    'neckLength',
    'headSize',
    'hipBreadth',
    'chest',
    'bust',
    'belly',
    'upperArm',
    'lowerArm',
    'thigh',
    'calf',
  ] as const satisfies readonly MorphName[]
).map((name) => morphIndex[name]);

/** An arm nearer to the line than this hides or widens the outline, metres. */
const ARM_CLEARANCE_METRES = 0.09;
/** A turn at which the trunk shows its side rather than its front: cosine of 55°. */
const MIN_FRONTAL = 0.57;
/** Thighs further from the trunk's line than this (cosine of 35°) belong to somebody bending: they widen the outline. */
const MIN_UPRIGHT = 0.82;
/** How far out the outline is looked for, relative to the mannequin's own. */
const REACH = 2;
/** Frames of experience with which the girth to expect counts. */
const PRIOR_FRAMES = 4;
/** After this many frames the running mean forgets as it learns. */
const MEMORY_FRAMES = 600;
/** No girth is further from the mean body's, in stored displacements: a little beyond the presets. */
const MAX_WEIGHT = 3;

/** Running knowledge of a person's girths, from the breadth of their silhouette. */
export interface GirthEstimator {
  /** Learns from one frame's mask and the body solved for it. Allocates nothing. */
  observe(mask: PersonMask, body: PosedBody): void;
  /** Writes the girths' morph weights into `shape` (MORPH_COUNT); others are left alone. */
  writeShape(shape: Float32Array): void;
  reset(): void;
}

const turn = new Quaternion();
const point = new Vector3();
const restJoint = new Vector3();

/** Learns girths from how far the silhouette reaches to both sides of the trunk, against how far the mannequin's would. */
export function createGirthEstimator(mannequin: Mannequin): GirthEstimator {
  const slices = levels.map(({ morph, bone }) => cutTrunkSlice(mannequin, morph, bone));
  const model = createBuildModel(mannequin);
  const expected = new Float32Array(MORPH_COUNT);
  const girths = levels.map(
    ({ morph, isClothed }): SeenGirth => ({ morph: morphIndex[morph], weight: 0, trust: 0, isClothed }),
  );
  const mean = new Float64Array(slices.length);
  const seen = new Float64Array(slices.length);
  let shapedVersion = -1;

  /** Rest positions of the slices in the shape in use, each without its own morph. */
  function shapeSlices(body: PosedBody): void {
    shapedVersion = body.shapeVersion;
    for (const { morph, vertices, rest } of slices) {
      for (let i = 0; i < vertices.length; i++) {
        for (let axis = 0; axis < 3; axis++) rest[3 * i + axis] = mannequin.positions[3 * vertices[i] + axis];
      }
      for (let m = 0; m < MORPH_COUNT; m++) {
        const weight = m === morph ? 0 : body.shape[m];
        if (weight === 0) continue;
        const { positions } = mannequin.morphs[m];
        for (let i = 0; i < vertices.length; i++) {
          for (let axis = 0; axis < 3; axis++) rest[3 * i + axis] += weight * positions[3 * vertices[i] + axis];
        }
      }
    }
  }

  /** Joint `bone` of the rest pose in the shape in use. */
  function readRestJoint(bone: number, body: PosedBody): void {
    restJoint.fromArray(mannequin.joints, 3 * bone);
    for (let m = 0; m < MORPH_COUNT; m++) {
      const weight = body.shape[m];
      if (weight === 0) continue;
      const { joints } = mannequin.morphs[m];
      restJoint.x += weight * joints[3 * bone];
      restJoint.y += weight * joints[3 * bone + 1];
      restJoint.z += weight * joints[3 * bone + 2];
    }
  }

  /** The slice's outline across the view: its extent along (ax, ay) in units of the plane z = −1, for a weight of its morph. */
  const extent = { low: 0, high: 0 };
  function project(slice: TrunkSlice, body: PosedBody, weight: number, ax: number, ay: number): void {
    turn.fromArray(body.rotations, 4 * slice.bone);
    const { positions } = mannequin.morphs[slice.morph];
    extent.low = Infinity;
    extent.high = -Infinity;
    for (let i = 0; i < slice.vertices.length; i++) {
      const v = slice.vertices[i];
      point.set(
        slice.rest[3 * i] + weight * positions[3 * v] - restJoint.x,
        slice.rest[3 * i + 1] + weight * positions[3 * v + 1] - restJoint.y,
        slice.rest[3 * i + 2] + weight * positions[3 * v + 2] - restJoint.z,
      );
      point.applyQuaternion(turn);
      const depth = -(point.z + body.positions[3 * slice.bone + 2]);
      const along =
        (ax * (point.x + body.positions[3 * slice.bone]) + ay * (point.y + body.positions[3 * slice.bone + 1])) / depth;
      extent.low = Math.min(extent.low, along);
      extent.high = Math.max(extent.high, along);
    }
  }

  /** Whether an arm comes near the line through (x, y) along (ax, ay) between `low` and `high`, all on the plane z = −1. */
  function isArmNear(body: PosedBody, x: number, y: number, ax: number, ay: number, depth: number): boolean {
    for (const [from, to] of armBones) {
      for (let step = 0; step <= ARM_STEPS; step++) {
        const t = step / ARM_STEPS;
        const pz = body.positions[3 * from + 2] * (1 - t) + body.positions[3 * to + 2] * t;
        const px = (body.positions[3 * from] * (1 - t) + body.positions[3 * to] * t) / -pz - x;
        const py = (body.positions[3 * from + 1] * (1 - t) + body.positions[3 * to + 1] * t) / -pz - y;
        const along = Math.abs(px * ax + py * ay) * depth;
        const beside = Math.abs(px * ay - py * ax) * depth;
        const reach = ((extent.high - extent.low) / 2) * depth;
        if (beside < ARM_CLEARANCE_METRES && along < reach + ARM_CLEARANCE_METRES) return true;
      }
    }
    return false;
  }

  /** Whether both thighs go on in the line of the trunk. */
  function isUpright({ positions: p }: PosedBody): boolean {
    point
      .fromArray(p, 3 * boneIndex.hips)
      .sub(restJoint.fromArray(p, 3 * boneIndex.upperChest))
      .normalize();
    for (const [from, to] of thighBones) {
      restJoint
        .set(p[3 * to] - p[3 * from], p[3 * to + 1] - p[3 * from + 1], p[3 * to + 2] - p[3 * from + 2])
        .normalize();
      if (restJoint.dot(point) < MIN_UPRIGHT) return false;
    }
    return true;
  }

  function observe(mask: PersonMask, body: PosedBody): void {
    if (!isUpright(body)) return;
    if (shapedVersion !== body.shapeVersion) shapeSlices(body);
    const hips = 3 * boneIndex.hips;
    const chest = 3 * boneIndex.upperChest;
    const p = body.positions;
    let ux = p[chest] / -p[chest + 2] - p[hips] / -p[hips + 2];
    let uy = p[chest + 1] / -p[chest + 2] - p[hips + 1] / -p[hips + 2];
    const length = Math.hypot(ux, uy);
    if (!(length > 0)) return;
    ux /= length;
    uy /= length;
    const halfHeight = halfHeightAtUnitDistance(body.camera.fovYDegrees);
    const scale = mask.height / (2 * halfHeight);
    for (let i = 0; i < slices.length; i++) {
      const slice = slices[i];
      readRestJoint(slice.bone, body);
      turn.fromArray(body.rotations, 4 * slice.bone);
      if (point.set(1, 0, 0).applyQuaternion(turn).x < MIN_FRONTAL) continue;
      // Across the trunk in the picture, and the middle of the slice.
      const ax = uy;
      const ay = -ux;
      project(slice, body, 1, ax, ay);
      const wide = extent.high - extent.low;
      project(slice, body, 0, ax, ay);
      const plain = extent.high - extent.low;
      point.set(0, 0, 0);
      for (let k = 0; k < slice.vertices.length; k++) {
        point.x += slice.rest[3 * k];
        point.y += slice.rest[3 * k + 1];
        point.z += slice.rest[3 * k + 2];
      }
      point.divideScalar(slice.vertices.length).sub(restJoint).applyQuaternion(turn);
      const depth = -(point.z + p[3 * slice.bone + 2]);
      const x = (point.x + p[3 * slice.bone]) / depth;
      const y = (point.y + p[3 * slice.bone + 1]) / depth;
      if (isArmNear(body, x, y, ax, ay, depth)) continue;
      const limit = (plain / 2) * REACH * scale;
      let breadth = Infinity;
      for (let above = -levels[i].seek; above <= levels[i].seek; above += SEEK_STEP_METRES) {
        const px = mask.width / 2 + (x + (ux * above) / depth) * scale;
        const py = mask.height / 2 - (y + (uy * above) / depth) * scale;
        const here =
          (measureSilhouette(mask, px, py, ax, -ay, limit) + measureSilhouette(mask, px, py, -ax, ay, limit)) / scale;
        if (here < breadth) breadth = here;
      }
      if (breadth === Infinity) continue;
      const weight = Math.min(MAX_WEIGHT, Math.max(-MAX_WEIGHT, (breadth - plain) / (wide - plain)));
      seen[i] = Math.min(seen[i] + 1, MEMORY_FRAMES);
      if (seen[i] === 1) mean[i] = weight;
      else
        mean[i] +=
          Math.min(1, (weight < mean[i] ? levels[i].narrower : levels[i].wider) / seen[i]) * (weight - mean[i]);
    }
  }

  return {
    observe,
    writeShape(shape) {
      for (let i = 0; i < slices.length; i++) {
        girths[i].weight = mean[i] + levels[i].bias;
        girths[i].trust = seen[i] / (seen[i] + PRIOR_FRAMES);
      }
      model.expect(shape, girths, expected);
      for (const { morph, weight, trust } of girths) shape[morph] = trust * weight + (1 - trust) * expected[morph];
      for (const morph of unseenMorphs) shape[morph] = expected[morph];
    },
    reset() {
      mean.fill(0);
      seen.fill(0);
    },
  };
}

/** Samples along an arm bone. */
const ARM_STEPS = 6;
const armBones: readonly (readonly [number, number])[] = [
  [boneIndex.leftUpperArmTwist, boneIndex.leftLowerArm],
  [boneIndex.leftLowerArm, boneIndex.leftHand],
  [boneIndex.rightUpperArmTwist, boneIndex.rightLowerArm],
  [boneIndex.rightLowerArm, boneIndex.rightHand],
];
const thighBones: readonly (readonly [number, number])[] = [
  [boneIndex.leftUpperLeg, boneIndex.leftLowerLeg],
  [boneIndex.rightUpperLeg, boneIndex.rightLowerLeg],
];

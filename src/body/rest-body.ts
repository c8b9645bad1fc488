import { BONE_COUNT, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';

/** Number of BlazePose landmarks, and so of sites. */
const SITE_COUNT = 33;

/** The mannequin's joints and landmark sites in its rest pose, for one shape; model space, metres. */
export interface RestBody {
  /** 3 × BONE_COUNT. */
  joints: Float32Array;
  /** 3 × 33, where each landmark lies on the body. */
  sites: Float32Array;
}

export function createRestBody(): RestBody {
  return {
    joints: new Float32Array(3 * BONE_COUNT),
    sites: new Float32Array(3 * SITE_COUNT),
  };
}

/** Writes joints and sites of `mannequin` with morph weights `shape` (MORPH_COUNT) into `target`. Sites ride on their bones. */
export function shapeRestBody(mannequin: Mannequin, shape: ArrayLike<number>, target: RestBody): RestBody {
  const { joints, sites } = target;
  joints.set(mannequin.joints);
  for (let morph = 0; morph < MORPH_COUNT; morph++) {
    const weight = shape[morph];
    if (weight === 0) continue;
    const offsets = mannequin.morphs[morph].joints;
    for (let i = 0; i < joints.length; i++) joints[i] += weight * offsets[i];
  }
  for (let i = 0; i < mannequin.sites.length; i++) {
    const site = mannequin.sites[i];
    for (let axis = 0; axis < 3; axis++)
      sites[3 * site.landmark + axis] = joints[3 * site.bone + axis] + site.offset[axis];
  }
  return target;
}

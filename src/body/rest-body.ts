import { BONE_COUNT, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';

/** Joints and landmark sites of the mannequin in its rest pose, for one shape; model space, metres. */
export interface RestBody {
  /** 3 × BONE_COUNT. */
  joints: Float32Array;
  /** 3 × LANDMARK_COUNT: where each pose landmark lies on the body. */
  sites: Float32Array;
}

/** A target for `shapeRestBody`. */
export function createRestBody(): RestBody {
  return {
    joints: new Float32Array(3 * BONE_COUNT),
    sites: new Float32Array(3 * LANDMARK_COUNT),
  };
}

/**
 * Writes joints and sites of `mannequin` with morph weights `shape` (MORPH_COUNT) into `target`. Sites move with their
 * bones.
 */
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
